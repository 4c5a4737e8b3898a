package dev.watchparty.server.engineio;

import java.net.InetAddress;
import java.util.Optional;

/** Asked before every session and every packet of a client. Called on event loops: it must not block. */
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
    Optional<? extends Lease> admit(InetAddress client, InetAddress counted);

    /** One session's allowance, used by one thread at a time. */
    interface Lease {
        /**
         * Asked for every Engine.IO packet, but for the messages that the protocol above asks for itself.
         */
        Verdict onPacket();

        /** Called exactly once, when the session has ended. */
        void release();
    }

    /** What becomes of a packet. */
    enum Verdict {
        /** It is dealt with. */
        PASS,
        /** It is as if it had never been sent. */
        DROP,
        /** Its session is closed with {@link DisconnectReason#LIMIT_EXCEEDED}. */
        CLOSE
    }
}
