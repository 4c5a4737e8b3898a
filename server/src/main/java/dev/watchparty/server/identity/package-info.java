/**
 * The proof that a client is the same participant as before its connection was lost: tickets, the secret that signs
 * them, and the grace before a lost participant leaves.
 *
 * <p>Start reading at {@link dev.watchparty.server.identity.ConnectionRecovery}.
 */
package dev.watchparty.server.identity;
