package dev.watchparty.protocol;

/** Why a request can be refused. */
public enum RequestErrorCode {
    /** The payload has not the form that the event asks for. */
    INVALID_PAYLOAD,
    /** The text is no YouTube video's id or link. */
    INVALID_VIDEO,
    /** The sender sends faster than the server's limits allow. */
    RATE_LIMITED,
    /** The room takes no more users. */
    ROOM_FULL,
    /** The server could not carry the request out; it may be tried again. */
    UNAVAILABLE
}
