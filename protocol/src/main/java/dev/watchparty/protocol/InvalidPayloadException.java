package dev.watchparty.protocol;

/** A payload has not the form that its event asks for. The message says what was expected, and is safe to send back. */
public final class InvalidPayloadException extends Exception {
    public InvalidPayloadException(String message) {
        super(message, null, false, false);
    }
}
