package dev.watchparty.server.limits;

import dev.watchparty.protocol.SocketEvents;
import java.util.Locale;

/** The kinds of packets that are counted separately. */
enum EventKind {
    SEEK,
    PLAY_PAUSE,
    CHANGE_VIDEO,
    JOIN,
    ROOM,
    PEOPLE,
    REPORT,
    OTHER;

    /**
     * Whether the last event of a burst is still applied later although it came too early. Its sender's player has
     * already acted on it, and would be out of step with the room until the next command.
     */
    boolean isKept() {
        return this == SEEK || this == PLAY_PAUSE;
    }

    /** Whether nodes may count it together. The others decide nothing in a room. */
    boolean isShared() {
        return this != OTHER && this != PEOPLE && this != REPORT;
    }

    /** Its name in the settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static EventKind of(String event) {
        return switch (event) {
            case SocketEvents.SEEK -> SEEK;
            case SocketEvents.PLAY, SocketEvents.PAUSE -> PLAY_PAUSE;
            case SocketEvents.CHANGE_VIDEO -> CHANGE_VIDEO;
            case SocketEvents.JOIN -> JOIN;
            case SocketEvents.ROOM_UPDATE,
                    SocketEvents.ADD_HOST,
                    SocketEvents.REMOVE_HOST,
                    SocketEvents.KICK,
                    SocketEvents.CLOSE -> ROOM;
            case SocketEvents.PEOPLE -> PEOPLE;
            case SocketEvents.REPORT -> REPORT;
            default -> OTHER;
        };
    }
}
