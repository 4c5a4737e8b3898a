/**
 * How a client that lost its connection, or its server, comes back as who it was.
 *
 * <p>Knows the sessions and nothing of sockets; imported by the handlers and the main class. Start reading at
 * {@link dev.watchparty.server.recovery.Comebacks}.
 */
package dev.watchparty.server.recovery;
