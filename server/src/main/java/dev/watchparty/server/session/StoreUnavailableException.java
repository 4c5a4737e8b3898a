package dev.watchparty.server.session;

import dev.watchparty.protocol.RequestErrorCode;

/**
 * A store cannot be reached now. Another try may succeed, so clients that come are told to try again by themselves.
 * Clients and operators read the message: {@code "Redis cannot be reached"}. It names no address and no secret.
 */
public final class StoreUnavailableException extends SessionException {
    public StoreUnavailableException(String message) {
        super(RequestErrorCode.UNAVAILABLE, message);
    }
}
