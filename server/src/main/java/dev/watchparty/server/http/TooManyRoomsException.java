package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.server.session.SessionException;
import java.time.Duration;

/** An address creates rooms too fast. */
final class TooManyRoomsException extends SessionException {
    private final transient Duration retryAfter;

    TooManyRoomsException(Duration retryAfter) {
        super(RequestErrorCode.RATE_LIMITED, "too many rooms were created from your network; try again later");
        this.retryAfter = requireNonNull(retryAfter, "retryAfter is null");
    }

    /** How long it takes until the address may create the next one. */
    Duration retryAfter() {
        return retryAfter;
    }
}
