package dev.watchparty.protocol;

/** The reasons for which a request can be refused. */
public enum RequestErrorCode {
    /** The payload does not have the form that the event requires. */
    INVALID_PAYLOAD,
    /** The text is not the id or a link of a YouTube video. */
    INVALID_VIDEO,
    /** The sender exceeds the server's limits. */
    RATE_LIMITED,
    /** The room accepts no more users. */
    ROOM_FULL,
    /** The server could not carry out the request; the client may try again. */
    UNAVAILABLE
}
