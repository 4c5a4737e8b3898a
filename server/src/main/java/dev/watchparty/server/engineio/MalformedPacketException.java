package dev.watchparty.server.engineio;

/** A client sent what the protocol does not allow. Its session is closed, as the reference server does. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Says what was wrong.
     *
     * @param message says what came and what was expected, and holds nothing that the client sent
     */
    public MalformedPacketException(String message) {
        super(message, null, false, false); // without a stack trace: a client can cause any number of them
    }
}
