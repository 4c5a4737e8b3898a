/**
 * The domain: the state of a session, the rules by which commands and arrivals change it, and the ports to the stores
 * that keep it. Everything here is pure and immutable, except the ports and the clock.
 *
 * <p>Imports only the protocol; all other packages of the server may import it. Start reading at {@link
 * dev.watchparty.server.session.RoomState}, {@link dev.watchparty.server.session.PlaybackRules} and {@link
 * dev.watchparty.server.session.MembershipRules}, then at {@link dev.watchparty.server.session.SessionStore} and {@link
 * dev.watchparty.server.session.PresenceStore}.
 */
package dev.watchparty.server.session;
