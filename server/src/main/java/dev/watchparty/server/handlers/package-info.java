/**
 * The one way in: a small class a concern, which checks what a client sent and calls the store.
 *
 * <p>Nothing imports this package but the main module. Start reading at
 * {@link dev.watchparty.server.handlers.ConnectionHandler}.
 */
package dev.watchparty.server.handlers;
