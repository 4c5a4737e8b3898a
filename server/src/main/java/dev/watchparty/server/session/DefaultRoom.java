package dev.watchparty.server.session;

/**
 * The room of clients that name none.
 *
 * @param isOpen whether they may enter it
 */
public record DefaultRoom(boolean isOpen) {}
