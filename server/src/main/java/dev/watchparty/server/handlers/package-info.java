/**
 * The only entry for events of clients: one small class per concern, which checks the client's data and calls the
 * store.
 *
 * <p>Imported by the main class, and by {@code config} for a record. Start reading at {@link
 * dev.watchparty.server.handlers.ConnectionHandler}.
 */
package dev.watchparty.server.handlers;
