package dev.watchparty.server.engineio;

import dev.watchparty.server.logging.ThrottledLog;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The errors with which an HTTP request is refused: the reference server's codes and messages, and the limits of this
 * server.
 */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SID(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    MISDIRECTED_REQUEST(
            421, 3, "Misdirected request", Level.INFO, "requests refused: their host is not in server.hosts"),
    URI_TOO_LONG(414, 3, "Bad request", Level.INFO, "requests refused: longer than server.limits.max-uri-length"),
    HEADERS_TOO_LONG(
            431, 3, "Bad request", Level.INFO, "requests refused: headers longer than server.limits.max-header-bytes"),
    PAYLOAD_TOO_LARGE(
            413, 3, "Payload too large", Level.INFO, "messages refused: longer than server.limits.max-payload"),
    FORBIDDEN(
            403,
            4,
            "Forbidden",
            Level.INFO,
            "WebSockets refused: the origin of their page is not in server.allowed-origins"),
    ADDRESS_REFUSED(429, 4, "Too many requests"),
    SERVER_FULL(503, 4, "Server full", Level.WARN, "clients refused: server.limits.max-sessions are connected"),
    UNSUPPORTED_PROTOCOL_VERSION(
            400,
            5,
            "Unsupported protocol version",
            Level.INFO,
            "clients refused: they do not speak Engine.IO 4; those of Socket.IO 2 need socket.io-client 3 or newer");

    private static final Logger log = LoggerFactory.getLogger(EngineError.class);

    private final int status;
    private final String body;

    @SuppressWarnings("ImmutableEnumChecker") // it only counts for the log
    private final ThrottledLog report; // null if it is not logged

    EngineError(int status, int code, String message) {
        this(status, code, message, null, null);
    }

    /** @param told the log line about it, written from time to time; null for none */
    EngineError(int status, int code, String message, Level level, String told) {
        this.status = status;
        this.report = told == null ? null : new ThrottledLog(count -> log(level, told, count));
        this.body = "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    private static void log(Level level, String told, long count) {
        log.atLevel(level).addKeyValue("count", count).log(told);
    }

    /** Records that a client was refused with this error. */
    void count() {
        if (report != null) {
            report.count();
        }
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(status);
    }

    /** In JSON. */
    String body() {
        return body;
    }
}
