package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionState;
import java.util.ArrayList;
import java.util.List;

/** One change of a room that Redis has accepted. Its version follows the version before, without a gap. */
sealed interface RoomChange {
    RoomId room();

    /** The version of the room before the change; 0 if the room has just been created. */
    long before();

    long version();

    /**
     * The playback was replaced.
     *
     * @param events what the sockets of this node receive
     */
    record PlaybackReplaced(RoomId room, long before, long version, SessionState playback, List<SessionEvent> events)
            implements RoomChange {
        public PlaybackReplaced {
            events = List.copyOf(events);
        }
    }

    /** The entry of a socket was written. */
    record EntryWritten(RoomId room, long before, long version, String socketId, Entry entry) implements RoomChange {}

    /** A socket was removed. */
    record EntryRemoved(RoomId room, long before, long version, String socketId) implements RoomChange {}

    /** The room was created; everything must be read. */
    record Created(RoomId room, long before, long version) implements RoomChange {}

    /** Reads a message as the scripts publish it: kind, room, versions, socket id, place; then documents, one a line. */
    static RoomChange read(byte[] message) {
        int end = Documents.indexOf(message, '\n', 0);
        String[] header = new String(message, 0, end, US_ASCII).split(" ", -1);
        RoomId room = new RoomId(header[1]);
        long before = Long.parseLong(header[2]);
        long version = Long.parseLong(header[3]);
        int from = end + 1;
        return switch (header[0]) {
            case "playback" -> playback(room, before, version, message, from);
            case "entry" ->
                new EntryWritten(
                        room,
                        before,
                        version,
                        header[4],
                        new Entry(
                                version,
                                Long.parseLong(header[5]),
                                Documents.presence(message, from, message.length - from)));
            case "removal" -> new EntryRemoved(room, before, version, header[4]);
            case "created" -> new Created(room, before, version);
            default -> throw new IllegalArgumentException("a message of Redis: of no known kind");
        };
    }

    private static RoomChange playback(RoomId room, long before, long version, byte[] message, int from) {
        int next = Documents.indexOf(message, '\n', from);
        SessionState playback = Documents.playback(message, from, next - from).toState();
        List<SessionEvent> events = new ArrayList<>();
        for (StepDocument step : Documents.steps(message, next + 1, message.length - next - 1)) {
            SessionState state = step.state() == null ? playback : step.state().toState();
            List<PlaybackChange> changes = step.changes().stream()
                    .map(PlaybackDocument.Change::toChange)
                    .toList();
            events.add(new SessionEvent.Changed(room, state, changes));
        }
        return new PlaybackReplaced(room, before, version, playback, events);
    }
}
