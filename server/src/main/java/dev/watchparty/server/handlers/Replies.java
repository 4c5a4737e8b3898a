package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.StoreUnavailableException;
import dev.watchparty.server.socketio.Refusals;
import dev.watchparty.server.socketio.SocketHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the outcome of a request to its sender, and to no other client. */
final class Replies {
    private static final Logger log = LoggerFactory.getLogger(Replies.class);

    private Replies() {}

    /**
     * Sends the error to the request's ack as {@code {error}} if the request asked for one, and as {@code
     * session:error} otherwise.
     */
    static void refuse(SocketIOClient client, AckRequest ack, String event, RequestErrorCode code, String message) {
        RequestError error = new RequestError(event, code, message);
        log.atDebug().addKeyValue("event", event).addKeyValue("code", code).log("request refused");
        Refusals.refuse(client, ack, error);
    }

    /** Sends an empty ack, if the request asked for one. */
    static void confirm(AckRequest ack) {
        if (ack.isAckRequested()) {
            ack.sendAckData();
        }
    }

    /** Calls a store, whose faults must not go unanswered: a call that throws has failed like one whose stage fails. */
    static <T> CompletionStage<T> ask(Supplier<CompletionStage<T>> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Makes a request to a store, and reports its outcome when it has ended. */
    static void settle(Supplier<CompletionStage<Void>> call, SocketIOClient client, AckRequest ack, String event) {
        settle(call, client, ack, event, done -> confirm(ack));
    }

    /** Makes a request to a store, whose answer goes on if there is one; a refusal is reported. */
    static <T> void settle(
            Supplier<CompletionStage<T>> call,
            SocketIOClient client,
            AckRequest ack,
            String event,
            Consumer<T> answered) {
        ask(call).whenComplete((answer, failure) -> {
            if (failure == null) {
                answered.accept(answer);
            } else {
                refuse(client, ack, event, failure);
            }
        });
    }

    /** Reports why a store did not carry out a request. */
    private static void refuse(SocketIOClient client, AckRequest ack, String event, Throwable failure) {
        SessionException refusal = refusal(failure);
        refuse(client, ack, event, refusal.code(), refusal.getMessage());
    }

    /**
     * Reports why a socket could not enter, and sends it away: for good if the store refused it, and to try again if the
     * store cannot be reached.
     */
    static void refuseConnection(SocketIOClient client, Throwable failure) {
        SessionException refusal = refusal(failure);
        client.sendEvent(SocketEvents.ERROR, new RequestError(SocketEvents.INIT, refusal.code(), refusal.getMessage()));
        if (refusal instanceof StoreUnavailableException) {
            SocketHandle.of(client).closeForRetry();
        } else {
            client.disconnect();
        }
    }

    private static SessionException refusal(Throwable failure) {
        Throwable cause = SessionException.reasonOf(failure);
        if (cause instanceof SessionException refusal) {
            return refusal;
        }
        log.error("the store failed", cause);
        return new SessionException(RequestErrorCode.UNAVAILABLE, "the server could not do this now; try again");
    }
}
