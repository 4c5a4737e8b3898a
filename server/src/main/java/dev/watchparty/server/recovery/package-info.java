/**
 * How a client that lost its connection, or its server, comes back as who it was.
 *
 * <p>Knows the sessions and nothing of sockets; imported by the handlers and the main class, and by {@code config} for its
 * record. Start reading at {@link dev.watchparty.server.recovery.ConnectionRecovery}.
 */
package dev.watchparty.server.recovery;
