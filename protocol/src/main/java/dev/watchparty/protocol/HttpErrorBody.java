package dev.watchparty.protocol;

import static java.util.Objects.requireNonNull;

/** The answer to a request by HTTP below {@code /api/} that was refused. */
public record HttpErrorBody(HttpError error) {
    public HttpErrorBody {
        requireNonNull(error, "error is null");
    }
}
