/**
 * Who is told what, and when: turns session events into messages, each encoded once, and sends the heartbeat.
 *
 * <p>May be imported by the handlers and the main class. Start reading at
 * {@link dev.watchparty.server.broadcast.Broadcaster}.
 */
package dev.watchparty.server.broadcast;
