package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * The reason why a request was refused: the payload of {@link SocketEvents#ERROR}. Only the sender of the request
 * receives it.
 *
 * @param event the name of the refused event
 * @param code the kind of refusal, for programs
 * @param message the reason, for people; holds no text of the sender
 */
public record RequestError(String event, RequestErrorCode code, String message) {
    public RequestError {
        requireNonNull(event, "event is null");
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
