package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/**
 * The reason why a request by HTTP was refused.
 *
 * @param code the kind of refusal, for programs
 * @param message the reason, for people; holds no text of the sender
 */
public record HttpError(RequestErrorCode code, String message) {
    public HttpError {
        requireNonNull(code, "code is null");
        requireNonNull(message, "message is null");
    }
}
