package dev.watchparty.protocol;

/**
 * The payload does not have the form that its event requires. The message says what was expected, and is safe to send
 * back.
 */
public final class InvalidPayloadException extends Exception {
    public InvalidPayloadException(String message) {
        super(message, null, false, false);
    }
}
