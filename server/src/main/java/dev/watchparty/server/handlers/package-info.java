/**
 * The one way in: a small class a concern, which checks what a client sent and calls the store.
 *
 * <p>Imported by the main class, and by {@code config} for a record. Start reading at
 * {@link dev.watchparty.server.handlers.ConnectionHandler}.
 */
package dev.watchparty.server.handlers;
