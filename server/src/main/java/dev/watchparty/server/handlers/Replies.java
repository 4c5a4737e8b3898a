package dev.watchparty.server.handlers;

import com.corundumstudio.socketio.AckRequest;
import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.protocol.RequestError;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.socketio.Refusals;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
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

    /** Reports the outcome of a request, when the request has ended. */
    static void settle(CompletionStage<Void> outcome, SocketIOClient client, AckRequest ack, String event) {
        outcome.whenComplete((done, failure) -> {
            if (failure == null) {
                confirm(ack);
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

    /** Reports why a socket could not enter, and disconnects it. */
    static void refuseConnection(SocketIOClient client, Throwable failure) {
        SessionException refusal = refusal(failure);
        client.sendEvent(SocketEvents.ERROR, new RequestError(SocketEvents.INIT, refusal.code(), refusal.getMessage()));
        client.disconnect();
    }

    private static SessionException refusal(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof SessionException refusal) {
            return refusal;
        }
        log.error("the store failed", cause);
        return new SessionException(RequestErrorCode.UNAVAILABLE, "the server could not do this now; try again");
    }
}
