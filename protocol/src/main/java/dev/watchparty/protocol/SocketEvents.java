package dev.watchparty.protocol;

/** The names of all events. Each constant says who sends it and with which payload. */
public final class SocketEvents {
    /** Client to server, no payload: asks for a {@link #PONG}, to measure the round trip. */
    public static final String PING = "ping";

    /** Server to the socket that sent {@link #PING}, no payload. */
    public static final String PONG = "pong";

    /** Server to one socket, {@link SessionInit}: on connect, and again after each join. */
    public static final String INIT = "session:init";

    /** Client to server, {@link JoinRequest}: sets the user's name; a second join changes it. */
    public static final String JOIN = "session:join";

    /** Server to all others in the room, {@link UserJoined}. */
    public static final String USER_JOINED = "session:userJoined";

    /** Server to everyone in the room, {@link UserLeft}. */
    public static final String USER_LEFT = "session:userLeft";

    /** Client to server, {@link ChangeVideoRequest}. */
    public static final String CHANGE_VIDEO = "session:changeVideo";

    /** Server to everyone in the room, the sender too, {@link VideoChange}: the new video is at 0 s, paused. */
    public static final String VIDEO_CHANGE = "session:videoChange";

    /**
     * Both ways: {@link PlaybackRequest} to the server, {@link PlaybackUpdate} to everyone in the room, the sender too.
     */
    public static final String PLAY = "session:play";

    /**
     * Both ways: {@link PlaybackRequest} to the server, {@link PlaybackUpdate} to everyone in the room, the sender too.
     */
    public static final String PAUSE = "session:pause";

    /**
     * Both ways: {@link PlaybackRequest} to the server, {@link PlaybackUpdate} to everyone in the room, the sender too.
     */
    public static final String SEEK = "session:seek";

    /** Server to everyone in the room, {@link PlaybackSync}: every second while a video plays. */
    public static final String SYNC = "session:sync";

    /** Server to the socket whose request was refused, {@link RequestError}. The original has no such event. */
    public static final String ERROR = "session:error";

    private SocketEvents() {}
}
