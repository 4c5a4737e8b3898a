/**
 * Decides which socket receives which message, and when: turns session events into messages, each encoded once, and
 * sends the heartbeat.
 *
 * <p>Imported by the handlers and the main class, and by {@code config} for its records. Start reading at {@link
 * dev.watchparty.server.broadcast.Broadcaster}.
 */
package dev.watchparty.server.broadcast;
