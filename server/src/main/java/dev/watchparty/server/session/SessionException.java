package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;

/** A store refused a call. The message is for the sender of the call, and contains nothing that a sender sent. */
public class SessionException extends RuntimeException {
    private final RequestErrorCode code;

    public SessionException(RequestErrorCode code, String message) {
        super(message, null, false, false);
        this.code = requireNonNull(code, "code is null");
    }

    public RequestErrorCode code() {
        return code;
    }
}
