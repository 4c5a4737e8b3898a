/**
 * The domain: what a session is, how a command changes it, and where its truth is kept.
 *
 * <p>Knows neither sockets nor threads of the network; may be imported by all other packages of the server, and imports
 * only the protocol. Start reading at {@link dev.watchparty.server.session.PlaybackRules}, then
 * {@link dev.watchparty.server.session.SessionStore}.
 */
package dev.watchparty.server.session;
