package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** Asked before every session and before every packet of a client. Called on event loops: it must not block. */
public interface ConnectionLimiter {
    /** Lets everybody do everything. */
    ConnectionLimiter UNLIMITED = (client, counted) -> Optional.of(UnlimitedLease.INSTANCE);

    /**
     * Asks for a new session.
     *
     * @param client the client's address, as far as it can be known: see {@code trustedProxies}
     * @param counted the address whose limits count: the client's, unless it comes by what looks like a proxy that nobody has
     *     named; then it is only what that says, and good for nothing else
     * @return empty to refuse: the client is answered with HTTP 429, and no session comes to be
     */
    Optional<Lease> admit(InetAddress client, InetAddress counted);

    /** One session's allowance, used by one thread at a time. */
    interface Lease {
        /** Asked before an event is dispatched. A dropped one is not acknowledged either. */
        Verdict onEvent(SocketIOClient client, String event);

        /**
         * Takes the allowance for an event that was {@link Verdict#EARLY}, if there is some by now.
         *
         * @return how long to wait before it is asked for again; zero if it was taken
         */
        default Duration take(String event) {
            return Duration.ZERO;
        }

        /**
         * Asked for every other Engine.IO packet: connects, disconnects, acknowledgements, attachments, pongs, noops.
         * An attachment is never dropped alone: its event is asked for when it is whole.
         */
        Verdict onPacket();

        /** Called exactly once, when the session has ended. */
        void release();
    }

    /** What becomes of a packet. */
    enum Verdict {
        /** It is dealt with. */
        PASS,
        /** It is an event, and its listener may keep it until there is an allowance for it: {@link EarlyEvents}. */
        EARLY,
        /** It is as if it had never been sent. */
        DROP,
        /** Its session is closed with {@link DisconnectReason#LIMIT_EXCEEDED}. */
        CLOSE
    }
}
