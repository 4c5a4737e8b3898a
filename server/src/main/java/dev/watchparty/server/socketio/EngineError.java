package dev.watchparty.server.socketio;

import io.netty.handler.codec.http.HttpResponseStatus;

/** What an HTTP request is refused with: the reference server's codes and messages, and the limits of this one. */
enum EngineError {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown"),
    UNKNOWN_SID(400, 1, "Session ID unknown"),
    BAD_HANDSHAKE_METHOD(400, 2, "Bad handshake method"),
    BAD_REQUEST(400, 3, "Bad request"),
    URI_TOO_LONG(414, 3, "Bad request"),
    HEADERS_TOO_LONG(431, 3, "Bad request"),
    PAYLOAD_TOO_LARGE(413, 3, "Payload too large"),
    FORBIDDEN(403, 4, "Forbidden"),
    ADDRESS_REFUSED(429, 4, "Too many requests"),
    SERVER_FULL(503, 4, "Server full"),
    UNSUPPORTED_PROTOCOL_VERSION(400, 5, "Unsupported protocol version");

    private final int status;
    private final String body;

    EngineError(int status, int code, String message) {
        this.status = status;
        this.body = "{\"code\":%d,\"message\":\"%s\"}".formatted(code, message);
    }

    HttpResponseStatus status() {
        return HttpResponseStatus.valueOf(status);
    }

    /** JSON. */
    String body() {
        return body;
    }
}
