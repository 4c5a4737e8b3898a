package dev.watchparty.server.handlers;

import org.apiguardian.api.API;

/**
 * The rule that makes names fit for display.
 *
 * @param enabled true for {@link dev.watchparty.protocol.Username#of}, false for the original's, bug for bug
 */
@API(status = API.Status.INTERNAL)
public record NamingFix(boolean enabled) {}
