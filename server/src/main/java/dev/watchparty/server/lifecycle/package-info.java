/**
 * The start and the end of the server's parts.
 *
 * <p>Imports nothing; imported by every package that has such a part.
 */
package dev.watchparty.server.lifecycle;
