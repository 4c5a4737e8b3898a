/**
 * The server as a whole: its main class, and the module that wires its parts.
 *
 * <p>Start reading at {@link dev.watchparty.server.WatchPartyServer}; each package below is one concern.
 */
package dev.watchparty.server;
