package dev.watchparty.server.limits;

import dev.watchparty.protocol.SocketEvents;

/** The kinds of packets that are counted apart. */
enum EventKind {
    SEEK,
    PLAY_PAUSE,
    CHANGE_VIDEO,
    JOIN,
    OTHER;

    /**
     * Whether the last one of a burst is done though it came too early: its sender's player has done it already, and would
     * be apart from the room until the next command.
     */
    boolean isKept() {
        return this == SEEK || this == PLAY_PAUSE;
    }

    static EventKind of(String event) {
        return switch (event) {
            case SocketEvents.SEEK -> SEEK;
            case SocketEvents.PLAY, SocketEvents.PAUSE -> PLAY_PAUSE;
            case SocketEvents.CHANGE_VIDEO -> CHANGE_VIDEO;
            case SocketEvents.JOIN -> JOIN;
            default -> OTHER;
        };
    }
}
