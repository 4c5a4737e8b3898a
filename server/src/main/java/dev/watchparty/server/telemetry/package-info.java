/**
 * The operator's view of the sessions.
 *
 * <p>Listens to the store; only the main class imports it. Start reading at {@link
 * dev.watchparty.server.telemetry.SessionLog}.
 */
package dev.watchparty.server.telemetry;
