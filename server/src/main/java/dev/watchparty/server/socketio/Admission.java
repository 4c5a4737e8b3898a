package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.RandomIds;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a client may connect to a namespace, and under which id. A namespace has one admission; until it gets
 * one, {@link #EVERYBODY} may come in.
 *
 * <p>An id may outlive its connection by Socket.IO's connection state recovery. If a CONNECT is answered with a {@code pid},
 * the client sends that {@code pid} with its next CONNECT, after the connection was lost and after the server was restarted.
 * The server ignores the {@code offset} that the client sends along.
 */
@FunctionalInterface
public interface Admission {
    /** Admits every client under a new id that it cannot reclaim. */
    Admission EVERYBODY = (client, pid) ->
            CompletableFuture.completedStage(Decision.admit(Identity.unknown(), Dialect.DEFAULT, null));

    /**
     * Decides about one CONNECT packet. Called on an event loop, in order with the packets of the client, after the auth
     * listeners of the namespace have agreed. It must not block.
     *
     * <p>If the stage fails, the client's session is closed in a way that makes the client try again.
     *
     * @param client the socket that asks. Its handshake data are there; messages that are sent to it are dropped
     * @param pid the text that the client presents as its {@code pid}; not checked in any way
     */
    CompletionStage<Decision> decide(SocketIOClient client, Optional<String> pid);

    /** The outcome. */
    sealed interface Decision {
        /**
         * The client is admitted.
         *
         * @param dialect the form of events that the client reads
         * @param attachment the object that {@link SocketHandle#attachment} returns from now on; may be null
         */
        static Decision admit(Identity identity, Dialect dialect, Object attachment) {
            return new Admitted(identity, dialect, attachment);
        }

        /**
         * The client gets a {@code connect_error}, and does not try again by itself.
         *
         * @param message the error's text
         * @param data the error's {@code data}
         */
        static Refused refuse(String message, Map<String, ?> data) {
            return new Refused(message, data);
        }
    }

    /** See {@link Decision#admit}. */
    record Admitted(Identity identity, Dialect dialect, Object attachment) implements Decision {
        public Admitted {
            requireNonNull(identity, "identity is null");
            requireNonNull(dialect, "dialect is null");
        }
    }

    /** See {@link Decision#refuse}. */
    record Refused(String message, Map<String, ?> data) implements Decision {
        public Refused {
            requireNonNull(message, "message is null");
            data = Map.copyOf(data);
        }
    }

    /**
     * The id of a socket.
     *
     * @param publicId the id that others may know; empty for a socket that is not admitted yet
     * @param pid the secret that the client may come back with; empty if it may not
     * @param isRecovered whether the client has come back, and got the id that it had
     */
    record Identity(String publicId, Optional<String> pid, boolean isRecovered) {
        /** The identity of a socket that is not admitted yet. */
        static final Identity NOT_YET = new Identity("", Optional.empty(), false);

        public Identity {
            requireNonNull(publicId, "publicId is null");
            requireNonNull(pid, "pid is null");
        }

        /** A new client, which cannot come back. */
        public static Identity unknown() {
            return new Identity(RandomIds.next(), Optional.empty(), false);
        }

        /** A client that has come back. */
        public static Identity recovered(String publicId) {
            return new Identity(publicId, Optional.empty(), true);
        }

        /** The same identity with a {@code pid}. */
        public Identity withPid(String pid) {
            return new Identity(publicId, Optional.of(pid), isRecovered);
        }
    }
}
