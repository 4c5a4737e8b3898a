package dev.watchparty.server.session;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.UserReport;
import java.util.List;
import java.util.Optional;

/** A change that has taken effect in a room, for the listeners that notify the sockets. */
public sealed interface SessionEvent {
    RoomId room();

    /** Calls the listener's method for this event. */
    void tell(SessionListener listener);

    /**
     * A socket has entered, and must still receive the state of the session. Its earlier connection, if it has one, is
     * obsolete. If the socket has entered on another node, only the node of its earlier connection is told.
     */
    record Entered(RoomId room, Visitor visitor, Snapshot snapshot) implements SessionEvent {
        public Entered {
            requireNonNull(room, "room is null");
            requireNonNull(visitor, "visitor is null");
            requireNonNull(snapshot, "snapshot is null");
        }

        @Override
        public void tell(SessionListener listener) {
            listener.entered(this);
        }
    }

    /** A socket has taken a name, or changed its name. */
    record Joined(RoomId room, Participant participant, Snapshot snapshot) implements SessionEvent {
        public Joined {
            requireNonNull(room, "room is null");
            requireNonNull(participant, "participant is null");
            requireNonNull(snapshot, "snapshot is null");
        }

        @Override
        public void tell(SessionListener listener) {
            listener.joined(this);
        }
    }

    /** A socket has left; the participant is empty if it never joined. */
    record Left(RoomId room, String socketId, Optional<Participant> participant) implements SessionEvent {
        public Left {
            requireNonNull(room, "room is null");
            requireNonNull(socketId, "socketId is null");
            requireNonNull(participant, "participant is null");
        }

        @Override
        public void tell(SessionListener listener) {
            listener.left(this);
        }
    }

    /**
     * A participant's player has another state, or its connection was lost or is there again.
     *
     * @param before how it was
     * @param after how it is, another than before
     */
    record Reported(RoomId room, UserReport before, UserReport after, Snapshot snapshot) implements SessionEvent {
        public Reported {
            requireNonNull(room, "room is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
            requireNonNull(snapshot, "snapshot is null");
        }

        /** The event, if a participant is not as it was. The participant must not have left. */
        public static Optional<SessionEvent> between(RoomId room, Snapshot before, Snapshot after, String socketId) {
            UserReport was = before.reportOf(socketId);
            UserReport is = after.reportOf(socketId);
            return is.equals(was) ? Optional.empty() : Optional.of(new Reported(room, was, is, after));
        }

        @Override
        public void tell(SessionListener listener) {
            listener.reported(this);
        }
    }

    /**
     * A session of an earlier run of the server continues. Its participants are awaited, except the one that returns
     * now.
     */
    record Revived(RoomId room, List<Visitor> awaited) implements SessionEvent {
        public Revived {
            requireNonNull(room, "room is null");
            awaited = List.copyOf(awaited);
        }

        @Override
        public void tell(SessionListener listener) {
            listener.revived(this);
        }
    }

    /** The playback has changed, in these steps. */
    record Changed(RoomId room, SessionState state, List<PlaybackChange> changes) implements SessionEvent {
        public Changed {
            requireNonNull(room, "room is null");
            requireNonNull(state, "state is null");
            changes = List.copyOf(changes);
        }

        @Override
        public void tell(SessionListener listener) {
            listener.changed(this);
        }
    }

    /**
     * One socket must be corrected. If {@code whole}, its play or pause is corrected too, under the state's number;
     * otherwise at most its position, which is {@code lag} seconds behind the room's, or ahead of it if negative.
     */
    record Corrected(RoomId room, String socketId, SessionState state, boolean whole, double lag)
            implements SessionEvent {
        public Corrected {
            requireNonNull(room, "room is null");
            requireNonNull(socketId, "socketId is null");
            requireNonNull(state, "state is null");
        }

        @Override
        public void tell(SessionListener listener) {
            listener.corrected(this);
        }
    }
}
