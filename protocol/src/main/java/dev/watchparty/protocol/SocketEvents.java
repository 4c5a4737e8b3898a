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

    /** Server to one socket of generation 3, {@link SessionIdentity}: after each connect, before {@link #INIT}. */
    public static final String IDENTITY = "session:identity";

    /** Server to everyone of generation 3 in the room, {@link RoomInfo}: after a change. */
    public static final String ROOM_INFO = "room:info";

    /** Client to server, {@link RoomUpdateRequest}; for hosts. */
    public static final String ROOM_UPDATE = "room:update";

    /** Client to server, {@link ParticipantRequest}: makes a participant a host; for hosts. */
    public static final String ADD_HOST = "room:addHost";

    /** Client to server, {@link ParticipantRequest}: makes a host a guest; for hosts. The last host stays. */
    public static final String REMOVE_HOST = "room:removeHost";

    /** Client to server, {@link ParticipantRequest}: sends a participant away; for hosts. */
    public static final String KICK = "room:kick";

    /** Client to server, no payload: sends everyone away, for good; for hosts. */
    public static final String CLOSE = "room:close";

    /** Client to server, {@link PeopleRequest}; the ack is a {@link PeoplePage}. */
    public static final String PEOPLE = "room:people";

    /** Client to server, {@link PlayerReport}: how its player is. Changes nothing in the room. */
    public static final String REPORT = "room:report";

    /** Server to everyone of generation 3 in the room, {@link UserReports}: after changes, many together. */
    public static final String REPORTS = "room:reports";

    private SocketEvents() {}
}
