package dev.watchparty.server.engineio;

import java.net.InetAddress;
import java.util.Optional;

/** Is asked before every session and every packet of a client. It is called on event loops, so it must not block. */
public interface ConnectionLimiter {
    /** Allows everything. */
    ConnectionLimiter UNLIMITED = (client, counted) -> Optional.of(UnlimitedLease.INSTANCE);

    /**
     * Asks for a new session.
     *
     * @param client the client's address, as far as it can be known: see {@code trustedProxies}
     * @param counted the address whose limits count: the client's, unless the client comes through a peer that looks
     *     like an unlisted proxy. Then it is the address that this peer reports, and it must not be used for anything
     *     else
     * @return empty to refuse: the client is answered with HTTP 429, and no session is created
     */
    Optional<? extends Lease> admit(InetAddress client, InetAddress counted);

    /** One session's allowance, used by one thread at a time. */
    interface Lease {
        /** Is asked about every Engine.IO packet, except for the messages that the protocol above checks itself. */
        Verdict onPacket();

        /** Called exactly once, when the session has ended. */
        void release();
    }

    /** The decision about a packet. */
    enum Verdict {
        /** It is processed. */
        PASS,
        /** It is ignored as if it had never been sent. */
        DROP,
        /** Its session is closed with {@link DisconnectReason#LIMIT_EXCEEDED}. */
        CLOSE
    }
}
