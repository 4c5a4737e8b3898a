/**
 * How parts of the server begin and end with it.
 *
 * <p>Imports nothing; imported by every package that has such a part.
 */
package dev.watchparty.server.lifecycle;
