/**
 * Limits how fast one socket, and one address, may send.
 *
 * <p>The transport asks it before it does any work for a client. The main class imports it, and {@code config} imports
 * its record. Start reading at {@link dev.watchparty.server.limits.RateLimits}.
 */
package dev.watchparty.server.limits;
