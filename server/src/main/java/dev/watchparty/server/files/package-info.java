/**
 * Files that are complete on the disk, and that no other user can read or has written.
 *
 * <p>Imports nothing; imported by {@code identity} and {@code session.memory}.
 */
package dev.watchparty.server.files;
