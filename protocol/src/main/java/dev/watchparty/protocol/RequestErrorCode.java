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
    /** The request is for hosts, and its sender is not one. */
    NOT_ALLOWED,
    /** The hosts let nobody new enter. */
    ROOM_LOCKED,
    /** Those who enter must know a password, and the client has sent none. */
    PASSWORD_REQUIRED,
    /** The client has sent another password. */
    WRONG_PASSWORD,
    /** A host has removed the participant. */
    KICKED,
    /** A host has closed the room. */
    ROOM_CLOSED,
    /** The text cannot be the name of a room. */
    INVALID_ROOM,
    /** A room of that name exists. */
    ROOM_TAKEN,
    /** The client names no room, and this server has none for such clients. */
    DEFAULT_ROOM_OFF,
    /** The server could not carry out the request; the client may try again. */
    UNAVAILABLE
}
