/**
 * How fast one socket, and one address, may go.
 *
 * <p>Asked by the transport before anything is done for a client; imported by the main class, and by {@code config} for
 * its record. Start reading at {@link dev.watchparty.server.limits.RateLimits}.
 */
package dev.watchparty.server.limits;
