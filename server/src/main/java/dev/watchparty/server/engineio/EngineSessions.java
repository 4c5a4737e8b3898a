package dev.watchparty.server.engineio;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open sessions, found by their secret ids. */
final class EngineSessions {
    private final Map<String, EngineSession> byId = new ConcurrentHashMap<>();
    private final AtomicInteger places = new AtomicInteger();
    private final int max;
    private volatile boolean closed;

    EngineSessions(int max) {
        this.max = max;
    }

    /** Reserves a place for a session; false if there is none. The caller gives it back with {@link #release}. */
    boolean reserve() {
        if (places.incrementAndGet() <= max && !closed) {
            return true;
        }
        places.decrementAndGet();
        return false;
    }

    void release() {
        places.decrementAndGet();
    }

    void add(EngineSession session) {
        byId.put(session.id(), session);
        if (closed) {
            session.close(DisconnectReason.SERVER_SHUTDOWN);
        }
    }

    /** Closes all sessions, and accepts no more. */
    void close() {
        closed = true;
        closeAll();
    }

    /** Closes all sessions that are open now, in a way that makes their clients connect again. */
    void closeAll() {
        byId.values().forEach(session -> session.close(DisconnectReason.SERVER_SHUTDOWN));
    }

    void remove(EngineSession session) {
        byId.remove(session.id());
    }

    /** Null if there is none with this id. */
    EngineSession get(String id) {
        return byId.get(id);
    }

    /** The sessions that are open now. */
    Collection<EngineSession> all() {
        return byId.values();
    }

    int size() {
        return byId.size();
    }

    /**
     * The number of places taken, including sessions that are about to open: at zero, every place has been given back.
     */
    int reserved() {
        return places.get();
    }
}
