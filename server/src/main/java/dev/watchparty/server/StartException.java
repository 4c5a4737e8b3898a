package dev.watchparty.server;

/**
 * The server could not start, although its settings may be right: the port is taken, the system gives no thread or
 * file, a part of the build is missing. The message is one sentence and names the reason; the system's own error is the
 * cause.
 */
public final class StartException extends RuntimeException {
    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
