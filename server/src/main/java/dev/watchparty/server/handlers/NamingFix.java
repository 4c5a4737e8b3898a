package dev.watchparty.server.handlers;

/**
 * Which rule makes names fit to be shown.
 *
 * @param enabled true for {@link dev.watchparty.protocol.Username#of}, false for the original's, bug for bug
 */
public record NamingFix(boolean enabled) {}
