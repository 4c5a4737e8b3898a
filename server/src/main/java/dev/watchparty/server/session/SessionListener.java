package dev.watchparty.server.session;

/** Hears what comes true in the rooms that sockets of this node are in. */
@FunctionalInterface
public interface SessionListener {
    /**
     * Called for one event of a room after the other, in the order of their numbers. It must neither block nor call the
     * store: the room waits for it.
     */
    void onEvent(SessionEvent event);
}
