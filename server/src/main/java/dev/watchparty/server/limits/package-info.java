/**
 * Limits how fast one socket, and one address, may send, and how often an address may try what costs much.
 *
 * <p>The transport asks it before it does any work for a client. The main class, {@code handlers} and {@code http} import
 * it, and {@code config} imports its records. Start reading at {@link dev.watchparty.server.limits.RateLimits}.
 */
package dev.watchparty.server.limits;
