/**
 * What operators see of the sessions.
 *
 * <p>Listens to the store, and is imported by the main class alone. Start reading at
 * {@link dev.watchparty.server.telemetry.SessionLog}.
 */
package dev.watchparty.server.telemetry;
