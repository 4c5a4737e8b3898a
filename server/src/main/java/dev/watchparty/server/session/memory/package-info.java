/**
 * The store of one node: rooms in memory, and a file that carries them over a restart.
 *
 * <p>Start reading at {@link dev.watchparty.server.session.memory.MemoryStore}, then
 * {@link dev.watchparty.server.session.memory.SessionFile}.
 */
package dev.watchparty.server.session.memory;
