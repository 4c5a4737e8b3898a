package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import java.util.concurrent.CompletionException;

/** A store refused a call. The message is for the sender of the call, and contains nothing that a sender sent. */
public class SessionException extends RuntimeException {
    private final RequestErrorCode code;

    public SessionException(RequestErrorCode code, String message) {
        super(message, null, false, false);
        this.code = requireNonNull(code, "code is null");
    }

    /** There are as many rooms as there may be. */
    public static SessionException tooManyRooms() {
        return new SessionException(RequestErrorCode.UNAVAILABLE, "the server takes no more rooms");
    }

    /** The reason why a stage failed, without the wrapper that stages put around it. */
    public static Throwable reasonOf(Throwable failure) {
        return failure instanceof CompletionException ? failure.getCause() : failure;
    }

    public RequestErrorCode code() {
        return code;
    }
}
