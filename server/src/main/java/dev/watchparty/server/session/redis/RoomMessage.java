package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.redis.RoomChange.Created;
import dev.watchparty.server.session.redis.RoomChange.EntryRemoved;
import dev.watchparty.server.session.redis.RoomChange.EntryWritten;
import dev.watchparty.server.session.redis.RoomChange.PlaybackReplaced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A change of a room as the scripts publish it: a header of kind, room, version before, version, socket id and place; then
 * documents, one a line. A node that knows the version already, such as the one that has made the change, need not read the
 * documents.
 *
 * <p>A message from node to node, without a script, has the version 0, which every node counts as known, so that a node of an
 * earlier release drops it unread. It has the id of the node in place of that of a socket.
 */
final class RoomMessage {
    private static final String REPORTS = "reports";
    private static final String QUESTION = "reports?";
    private static final int NO_VERSION = 0;

    private final String kind;
    private final RoomId room;
    private final long before;
    private final long version;
    private final String socketId;
    private final long place;
    private final byte[] bytes;
    private final int body; // where the documents begin

    private RoomMessage(String[] header, byte[] bytes, int body) {
        this.kind = header[0];
        this.room = new RoomId(header[1]);
        this.before = Long.parseLong(header[2]);
        this.version = Long.parseLong(header[3]);
        this.socketId = header[4];
        this.place = Long.parseLong(header[5]);
        this.bytes = bytes;
        this.body = body;
    }

    /** Reads the header. */
    static RoomMessage read(byte[] bytes) {
        int end = Documents.indexOf(bytes, '\n', 0);
        return new RoomMessage(new String(bytes, 0, end, UTF_8).split(" ", -1), bytes, end + 1);
    }

    /** How the players of some sockets of a node are. */
    static byte[] reports(RoomId room, String node, List<ReportDocument> reports) {
        byte[] documents = Documents.write(reports);
        byte[] header = unversioned(REPORTS, room, node);
        byte[] message = Arrays.copyOf(header, header.length + documents.length);
        System.arraycopy(documents, 0, message, header.length, documents.length);
        return message;
    }

    /** Asks the other nodes for their reports. */
    static byte[] question(RoomId room, String node) {
        return unversioned(QUESTION, room, node);
    }

    private static byte[] unversioned(String kind, RoomId room, String node) {
        return "%s %s %d %d %s 0\n"
                .formatted(kind, room, NO_VERSION, NO_VERSION, node)
                .getBytes(UTF_8);
    }

    /** Whether it is about reports, and no change of the room. */
    boolean isAboutReports() {
        return kind.equals(REPORTS) || isQuestion();
    }

    /** Whether a node asks for reports. */
    boolean isQuestion() {
        return kind.equals(QUESTION);
    }

    /** Whether a node has sent this message about reports. */
    boolean isBy(String node) {
        return socketId.equals(node);
    }

    /** Reads the reports. */
    List<ReportDocument> reports() {
        return List.of(Documents.reports(bytes, body, bytes.length - body));
    }

    RoomId room() {
        return room;
    }

    long version() {
        return version;
    }

    /** Reads the documents. */
    RoomChange toChange() {
        return switch (kind) {
            case "playback" -> playback();
            case "entry" ->
                new EntryWritten(
                        room,
                        before,
                        version,
                        socketId,
                        new Entry(version, place, Documents.presence(bytes, body, bytes.length - body)));
            case "removal" -> new EntryRemoved(room, before, version, socketId);
            case "created" -> new Created(room, before, version);
            default -> throw new IllegalArgumentException("a message of Redis: of no known kind");
        };
    }

    private RoomChange playback() {
        int next = Documents.indexOf(bytes, '\n', body);
        SessionState playback = Documents.playback(bytes, body, next - body).toState();
        List<SessionEvent> events = new ArrayList<>();
        for (StepDocument step : Documents.steps(bytes, next + 1, bytes.length - next - 1)) {
            SessionState state = step.state() == null ? playback : step.state().toState();
            List<PlaybackChange> changes = step.changes().stream()
                    .map(PlaybackDocument.Change::toChange)
                    .toList();
            events.add(new SessionEvent.Changed(room, state, changes));
        }
        return new PlaybackReplaced(room, before, version, playback, events);
    }
}
