package dev.watchparty.server.files;

import java.io.IOException;
import org.apiguardian.api.API;

/** A file cannot be used. The message is in our words, and repeats no content of the file. */
@API(status = API.Status.INTERNAL)
public final class UnreadableFileException extends IOException {
    private static final long serialVersionUID = 1;

    public UnreadableFileException(String message, Exception cause) {
        super(message, cause);
    }
}
