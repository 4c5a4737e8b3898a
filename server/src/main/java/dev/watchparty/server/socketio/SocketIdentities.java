package dev.watchparty.server.socketio;

import static java.util.Objects.requireNonNull;

import com.corundumstudio.socketio.HandshakeData;
import dev.watchparty.server.engineio.RandomIds;
import java.util.Optional;

/**
 * Decides who a socket is that has been let in: somebody new, or somebody who comes back.
 *
 * <p>Socket.IO's connection state recovery: a CONNECT that is answered with a {@code pid} makes the client send it with its
 * next CONNECT, after the connection was lost and after the server was restarted. The {@code offset} that it sends along is
 * never looked at.
 */
@FunctionalInterface
public interface SocketIdentities {
    /** Everybody is new, and will be. */
    SocketIdentities ALWAYS_NEW = (handshake, pid) -> Identity.unknown();

    /**
     * Called once for each socket that is let in, before its connect listeners.
     *
     * @param pid what the client presents; not checked in any way
     */
    Identity identify(HandshakeData handshake, Optional<String> pid);

    /**
     * Who a socket is.
     *
     * @param publicId what others may know it by; empty for who has not been let in yet
     * @param pid what it may come back with; empty if it may not. It is a secret between the server and the client
     * @param isRecovered whether it is somebody who has come back
     */
    record Identity(String publicId, Optional<String> pid, boolean isRecovered) {
        /** Who has not been let in yet: nobody can be told of it. */
        static final Identity NOT_YET = new Identity("", Optional.empty(), false);

        public Identity {
            requireNonNull(publicId, "publicId is null");
            requireNonNull(pid, "pid is null");
        }

        /** Somebody new, who cannot come back. */
        public static Identity unknown() {
            return new Identity(RandomIds.next(), Optional.empty(), false);
        }

        /** Somebody who has come back. */
        public static Identity recovered(String publicId) {
            return new Identity(publicId, Optional.empty(), true);
        }

        /** The same, but for what it may come back with. */
        public Identity withPid(String pid) {
            return new Identity(publicId, Optional.of(pid), isRecovered);
        }
    }
}
