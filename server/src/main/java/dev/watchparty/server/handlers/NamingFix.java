package dev.watchparty.server.handlers;

import org.apiguardian.api.API;

/**
 * Which rule makes names fit to be shown.
 *
 * @param enabled true for {@link dev.watchparty.protocol.Username#of}, false for the original's, bug for bug
 */
@API(status = API.Status.INTERNAL)
public record NamingFix(boolean enabled) {}
