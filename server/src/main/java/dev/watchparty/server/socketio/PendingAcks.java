package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.AckCallback;
import com.corundumstudio.socketio.MultiTypeAckCallback;
import com.corundumstudio.socketio.MultiTypeArgs;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.engineio.EngineSession;
import io.netty.util.concurrent.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The acks that one socket owes: Socket.IO v5, "Acknowledgement". Callbacks run in the session's mailbox, each exactly
 * once. They receive the answer, or time out when the socket has left, owes too many acks, or sends an answer that does
 * not fit.
 */
final class PendingAcks {
    private static final Logger log = LoggerFactory.getLogger(PendingAcks.class);
    private static final int NO_TIMEOUT = -1; // the library's

    private final EngineSession session;
    private final EventArguments arguments;
    private final int max;
    private final Map<Long, Pending> pending = new HashMap<>();
    private long lastId = -1;
    private boolean closed;

    PendingAcks(EngineSession session, EventArguments arguments, int max) {
        this.session = session;
        this.arguments = arguments;
        this.max = max;
    }

    private record Pending(AckCallback<?> callback, Future<?> timeout) {}

    /** Registers a callback and returns the id to send; null if it was refused, and so has timed out. Any thread. */
    synchronized Long register(AckCallback<?> callback) {
        if (closed || pending.size() >= max) {
            session.runLater(callback::onTimeout);
            return null;
        }
        long id = ++lastId;
        pending.put(id, new Pending(callback, startTimeout(id, callback)));
        return id;
    }

    private Future<?> startTimeout(long id, AckCallback<?> callback) {
        if (callback.getTimeout() == NO_TIMEOUT) {
            return null;
        }
        Runnable timeOut = () -> session.runLater(() -> onTimeout(id));
        return session.loop().schedule(timeOut, callback.getTimeout(), TimeUnit.SECONDS);
    }

    /** An answer; an answer that is no longer expected is ignored. */
    void onAck(long id, JsonNode data) {
        Pending answered = remove(id);
        if (answered == null) {
            return;
        }
        List<Object> results;
        try {
            results = arguments.ofAck(answered.callback(), data);
        } catch (JsonProcessingException e) {
            log.debug("Acknowledgement refused: it does not fit its callback");
            answered.callback().onTimeout();
            return;
        }
        succeed(answered.callback(), results);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void succeed(AckCallback callback, List<Object> results) {
        if (callback instanceof MultiTypeAckCallback) {
            callback.onSuccess(new MultiTypeArgs(results));
        } else {
            callback.onSuccess(results.isEmpty() || callback.getResultClass() == Void.class ? null : results.get(0));
        }
    }

    private void onTimeout(long id) {
        Pending late = remove(id);
        if (late != null) {
            late.callback().onTimeout();
        }
    }

    /** Null if there is none. */
    private synchronized Pending remove(long id) {
        Pending removed = pending.remove(id);
        cancelTimeout(removed);
        return removed;
    }

    private static void cancelTimeout(Pending removed) {
        if (removed != null && removed.timeout() != null) {
            removed.timeout().cancel(false);
        }
    }

    /** The socket has left: no callback will get an answer. */
    void close() {
        List<Pending> left;
        synchronized (this) {
            closed = true;
            left = List.copyOf(pending.values());
            pending.clear();
        }
        for (Pending unanswered : left) {
            cancelTimeout(unanswered);
            session.runLater(unanswered.callback()::onTimeout);
        }
    }
}
