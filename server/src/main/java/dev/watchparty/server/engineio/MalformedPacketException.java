package dev.watchparty.server.engineio;

import org.apiguardian.api.API;

/** A client sent something that the protocol does not allow. Its session is closed, as the reference server does. */
@API(status = API.Status.INTERNAL)
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Describes the violation.
     *
     * @param message says what came and what was expected, and holds no text of the client
     */
    public MalformedPacketException(String message) {
        super(message, null, false, false); // without a stack trace: a client can cause any number of them
    }
}
