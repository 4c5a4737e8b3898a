package dev.watchparty.server.session.memory;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.server.session.memory.SessionDocument.SavedChange;
import dev.watchparty.server.session.memory.SessionDocument.SavedParticipant;
import dev.watchparty.server.session.memory.SessionDocument.SavedPlayback;
import dev.watchparty.server.session.memory.SessionDocument.SavedRoom;
import java.util.List;
import java.util.Optional;

/**
 * The content of a session file of schema 1, which had no number, and also held the secret that signs tickets. The
 * server reads it, but never writes it.
 */
record SessionDocument1(String secret, List<Room1> rooms) {
    record Room1(Text room, long savedAt, Snapshot1 snapshot) {
        SavedRoom upgraded() {
            return new SavedRoom(
                    room.value(),
                    savedAt,
                    snapshot.state().upgraded(),
                    Optional.empty(),
                    snapshot.participants().stream().map(Participant1::upgraded).toList());
        }
    }

    record Snapshot1(State1 state, List<Participant1> participants) {
        Snapshot1 {
            requireNonNull(state, "state is null");
            participants = List.copyOf(participants);
        }
    }

    record State1(
            Optional<Text> videoId,
            boolean playing,
            double anchor,
            long updatedAt,
            long seq,
            LastAction lastAction,
            List<Change1> trail) {
        State1 {
            trail = List.copyOf(trail);
        }

        SavedPlayback upgraded() {
            return new SavedPlayback(
                    videoId.map(Text::value),
                    playing,
                    anchor,
                    updatedAt,
                    seq,
                    lastAction,
                    trail.stream().map(Change1::upgraded).toList());
        }
    }

    record Change1(LastAction action, long seq, long at, String socketId, Text username) {
        SavedChange upgraded() {
            return new SavedChange(action, seq, at, socketId, username.value());
        }
    }

    record Participant1(String socketId, Text username, long joinedAt) {
        SavedParticipant upgraded() {
            return new SavedParticipant(socketId, username.value(), joinedAt, Optional.empty());
        }
    }

    /** A text in an object of its own. */
    record Text(String value) {
        Text {
            requireNonNull(value, "value is null");
        }
    }

    SessionDocument1 {
        requireNonNull(secret, "secret is null");
        rooms = List.copyOf(rooms);
    }

    SessionDocument upgraded() {
        return new SessionDocument(
                SessionDocument.SCHEMA, rooms.stream().map(Room1::upgraded).toList());
    }
}
