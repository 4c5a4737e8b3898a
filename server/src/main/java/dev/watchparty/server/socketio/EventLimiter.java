package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.SocketIOClient;
import dev.watchparty.server.engineio.ConnectionLimiter;
import dev.watchparty.server.engineio.DisconnectReason;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/** A limiter that is asked before every event, too. It is called on event loops, so it must not block. */
public interface EventLimiter extends ConnectionLimiter {
    /** Allows everything. */
    EventLimiter UNLIMITED = (client, counted) -> Optional.of(UnlimitedEvents.INSTANCE);

    @Override
    Optional<EventLease> admit(InetAddress client, InetAddress counted);

    /** One session's allowance, used by one thread at a time. */
    interface EventLease extends ConnectionLimiter.Lease {
        /** Is asked before an event is dispatched. A dropped event is not acknowledged either. */
        EventVerdict onEvent(SocketIOClient client, String event);

        /**
         * Takes the allowance for an event that was {@link EventVerdict#EARLY}, if there is an allowance by now.
         *
         * @return how long to wait before the next attempt; zero if it was taken
         */
        default Duration take(String event) {
            return Duration.ZERO;
        }
    }

    /** The decision about an event. */
    enum EventVerdict {
        /** It is processed. */
        PASS(Verdict.PASS),
        /** Its listener may keep it until there is an allowance for it: {@link SocketHandle#whenAllowed}. */
        EARLY(Verdict.PASS),
        /** It is ignored as if it had never been sent. */
        DROP(Verdict.DROP),
        /** Its session is closed with {@link DisconnectReason#LIMIT_EXCEEDED}. */
        CLOSE(Verdict.CLOSE);

        private final Verdict ofPacket;

        EventVerdict(Verdict ofPacket) {
            this.ofPacket = ofPacket;
        }

        /** The verdict for the packet that contained the event. */
        Verdict ofPacket() {
            return ofPacket;
        }
    }
}
