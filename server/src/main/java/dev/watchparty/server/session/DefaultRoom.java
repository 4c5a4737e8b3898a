package dev.watchparty.server.session;

import org.apiguardian.api.API;

/**
 * The room of clients that name none.
 *
 * @param isOpen whether they may enter it
 */
@API(status = API.Status.INTERNAL)
public record DefaultRoom(boolean isOpen) {}
