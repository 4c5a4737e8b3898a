package dev.watchparty.server.session.redis;

import static dev.watchparty.server.session.redis.Documents.ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.Lists;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.redis.Verdict.Accepted;
import dev.watchparty.server.session.redis.Verdict.EntryConflict;
import dev.watchparty.server.session.redis.Verdict.Late;
import dev.watchparty.server.session.redis.Verdict.Missing;
import dev.watchparty.server.session.redis.Verdict.PlaybackConflict;
import dev.watchparty.server.session.redis.Verdict.Remembered;
import dev.watchparty.server.session.redis.Verdict.Repeated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The rooms in Redis: each method is one call of one script. */
final class RedisRooms {
    private static final byte[] NOTHING = {};

    /** A room with sockets is kept at least this long without a sign of their nodes. */
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(2);

    /**
     * Creating a room takes less long. A name that turns out to be taken is counted for no longer than this either, and
     * nobody has to take it back.
     */
    private static final Duration RESERVATION = Duration.ofMinutes(1);

    /** Rooms that are counted in one call, so that it is short. */
    private static final int COUNTED_AT_ONCE = 1000;

    private final RedisLink link;
    private final RedisKeys keys;
    private final ServerClock clock;
    private final RedisClock redisClock;
    private final String node;
    private final long timeoutMicros;
    private final RoomLimits limits;
    private final long windowMillis;
    private final AtomicInteger commands = new AtomicInteger();

    RedisRooms(
            RedisLink link,
            RedisConfig config,
            ServerClock clock,
            RedisClock redisClock,
            String node,
            RoomLimits limits,
            RecoveryWindow window) {
        this.link = link;
        this.keys = new RedisKeys(config.keyPrefix());
        this.clock = clock;
        this.redisClock = redisClock;
        this.node = node;
        this.timeoutMicros = TimeUnit.MILLISECONDS.toMicros(config.timeout().toMillis());
        this.limits = limits;
        this.windowMillis = window.length().toMillis();
    }

    /** A new id of a command: the node's, and a number, always of the same length. */
    String newCommandId() {
        return node + "%08x".formatted(commands.incrementAndGet());
    }

    private long life(RoomId room, RoomSettings settings) {
        return room.equals(RoomId.DEFAULT) ? 0 : atLeastShortest(limits.idleAfter(settings));
    }

    private static long atLeastShortest(Duration life) {
        return Math.max(life.toMillis(), SHORTEST_LIFE.toMillis());
    }

    /** Reads a room; empty if there is none. */
    CompletionStage<Optional<RoomCopy>> read(RoomId room) {
        return open(room, RoomSettings.UNOWNED, NOTHING, Map.of());
    }

    /**
     * Creates a room unless it exists, and reads it.
     *
     * @param entries the sockets that it begins with
     */
    CompletionStage<RoomCopy> create(RoomId room, SessionState playback, Map<String, Entry> entries) {
        return open(room, playback.settings(), Documents.write(PlaybackDocument.of(playback)), entries)
                .thenApply(Optional::orElseThrow);
    }

    /**
     * Counts a room that somebody is about to create among all that have owners, for a moment.
     *
     * @return false if there are too many others
     */
    CompletionStage<Boolean> reserve(RoomId room) {
        return countOwned(limits.maxRooms(), RESERVATION.toMillis(), List.of(room))
                .thenApply(reply -> reply.status().equals("done"));
    }

    /** Counts rooms that have owners for as long as Redis keeps them without a sign of a node. */
    CompletionStage<Void> keepCounting(List<RoomId> rooms) {
        long life = atLeastShortest(limits.ownedIdleAfter());
        return CompletableFuture.allOf(Lists.partition(rooms, COUNTED_AT_ONCE).stream()
                .map(some -> countOwned(0, life, some).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<RedisReply> countOwned(int bound, long millis, List<RoomId> rooms) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(ascii(bound));
        arguments.add(ascii(millis));
        rooms.forEach(room -> arguments.add(room.value().getBytes(UTF_8)));
        return link.call(RedisScript.OWNED, RedisKeys.OWNED_SHARD, List.of(keys.owned()), arguments);
    }

    private CompletionStage<Optional<RoomCopy>> open(
            RoomId room, RoomSettings settings, byte[] seed, Map<String, Entry> entries) {
        List<byte[]> arguments = head(room, settings);
        arguments.add(seed);
        entries.forEach((socketId, entry) -> {
            arguments.add(ascii(socketId));
            arguments.add(ascii(entry.place()));
            arguments.add(Documents.write(entry.document()));
        });
        return call(RedisScript.OPEN, room, keysOf(room), arguments).thenApply(RedisRooms::copy);
    }

    private static Optional<RoomCopy> copy(RedisReply reply) {
        if (reply.status().equals("missing")) {
            return Optional.empty();
        }
        byte[] playback = reply.bytes(4);
        List<byte[]> roster = reply.list(5);
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 0; i < roster.size(); i += 2) {
            entries.put(new String(roster.get(i), US_ASCII), Entry.read(roster.get(i + 1)));
        }
        return Optional.of(new RoomCopy(
                reply.number(2),
                reply.number(3),
                Documents.playback(playback, 0, playback.length).toState(),
                entries,
                reply.number(6)));
    }

    /**
     * Replaces the playback.
     *
     * @param expected the version of the playback on which this one was decided
     * @param events what the sockets of other nodes receive, for those that are {@link Changed}
     */
    CompletionStage<Verdict> replacePlayback(
            RoomId room, String commandId, long expected, SessionState playback, List<SessionEvent> events) {
        List<byte[]> arguments = head(room, playback.settings());
        arguments.add(ascii(commandId));
        arguments.add(ascii(deadline()));
        arguments.add(ascii(expected));
        arguments.add(Documents.write(PlaybackDocument.of(playback)));
        arguments.add(Documents.write(steps(playback, events)));
        return call(RedisScript.PLAYBACK, room, keysOf(room), arguments).thenApply(RedisRooms::verdict);
    }

    private static List<StepDocument> steps(SessionState playback, List<SessionEvent> events) {
        return events.stream()
                .filter(Changed.class::isInstance)
                .map(Changed.class::cast)
                .map(changed -> new StepDocument(
                        changed.state().equals(playback) ? null : PlaybackDocument.of(changed.state()),
                        changed.changes().stream()
                                .map(PlaybackDocument.Change::of)
                                .toList()))
                .toList();
    }

    /**
     * The wish of a node for the entry of a socket.
     *
     * @param expected the version of the entry on which this was decided; 0 for none
     * @param presence empty if the socket leaves
     * @param isFirstJoin whether it takes its place in the order of joins now
     * @param isUnknown whether something about the socket may be remembered that this node does not know
     * @param loss what to remember of a socket that leaves
     * @param untouched the version of a playback that nobody can miss: the room goes with its last socket if it still has
     *     this one; 0 if the room stays
     */
    record EntryRequest(
            long expected,
            Optional<PresenceDocument> presence,
            boolean isFirstJoin,
            boolean isUnknown,
            Optional<LossDocument> loss,
            long untouched) {
        /** The same for a socket that is connected to another node. */
        EntryRequest by(String node) {
            return new EntryRequest(
                    expected, presence.map(document -> document.by(node)), isFirstJoin, isUnknown, loss, untouched);
        }
    }

    /**
     * Writes or removes the entry of a socket.
     *
     * @param settings of the room
     */
    CompletionStage<Verdict> write(
            RoomId room, RoomSettings settings, String commandId, String socketId, EntryRequest request) {
        List<byte[]> names = keysOf(room);
        names.add(keys.remembered(room, socketId));
        List<byte[]> arguments = head(room, settings);
        arguments.add(ascii(commandId));
        arguments.add(ascii(deadline()));
        arguments.add(ascii(socketId));
        arguments.add(ascii(request.expected()));
        arguments.add(request.presence().map(Documents::write).orElse(NOTHING));
        arguments.add(flag(request.isFirstJoin()));
        arguments.add(flag(!request.isUnknown()));
        arguments.add(request.loss().map(Documents::write).orElse(NOTHING));
        arguments.add(ascii(request.loss().map(this::remainingWindow).orElse(windowMillis)));
        arguments.add(ascii(request.untouched()));
        return call(RedisScript.PRESENCE, room, names, arguments).thenApply(RedisRooms::verdict);
    }

    private long remainingWindow(LossDocument loss) {
        return Math.max(1, windowMillis - (clock.millis() - loss.lostAt()));
    }

    /** Whether a client may still come back. Redis forgets a loss when its window has passed, or a moment later. */
    boolean isWithinWindow(LossDocument loss) {
        return clock.millis() - loss.lostAt() < windowMillis;
    }

    private static Verdict verdict(RedisReply reply) {
        return switch (reply.status()) {
            case "done" -> new Accepted(reply.number(2), reply.number(3), reply.size() > 4 ? reply.number(4) : 0);
            case "repeated" -> new Repeated();
            case "late" -> new Late();
            case "missing" -> new Missing();
            case "remembered" -> new Remembered(Documents.loss(reply.bytes(2)));
            case "conflict" -> conflict(reply);
            default -> throw new IllegalArgumentException("a reply of Redis: of no known kind");
        };
    }

    private static Verdict conflict(RedisReply reply) {
        if (reply.size() == 3) {
            byte[] entry = reply.bytes(2);
            return new EntryConflict(entry.length == 0 ? Optional.empty() : Optional.of(Entry.read(entry)));
        }
        byte[] playback = reply.bytes(4);
        return new PlaybackConflict(
                reply.number(3),
                Documents.playback(playback, 0, playback.length).toState());
    }

    /** Whether a socket is in a room, or is remembered. */
    CompletionStage<Boolean> expects(RoomId room, String socketId) {
        return call(
                        RedisScript.EXPECTS,
                        room,
                        List.of(keys.roster(room), keys.remembered(room, socketId)),
                        List.of(ascii(socketId)))
                .thenApply(reply -> reply.status().equals("1")
                        || (reply.bytes(2).length > 0 && isWithinWindow(Documents.loss(reply.bytes(2)))));
    }

    /**
     * Keeps rooms from expiring, and reads their versions; 0 for a room that does not exist.
     *
     * @param rooms all of this shard
     */
    CompletionStage<List<Long>> versions(int shard, List<RoomState> rooms) {
        List<byte[]> names = new ArrayList<>();
        List<byte[]> lives = new ArrayList<>();
        for (RoomState room : rooms) {
            names.addAll(keysOf(room.room()));
            lives.add(ascii(life(room.room(), room.playback().settings())));
        }
        return link.call(RedisScript.VERSIONS, shard, names, lives).thenApply(reply -> {
            List<Long> versions = new ArrayList<>();
            for (int i = 1; i < reply.size(); i++) {
                versions.add(reply.number(i));
            }
            return versions;
        });
    }

    /** Sends a message to the nodes of a room. It is lost while Redis cannot be reached. */
    void publish(RoomId room, byte[] message) {
        link.publish(RedisKeys.shard(room), message);
    }

    /** Completes when the messages that Redis has published before this call have been received, or are lost. */
    CompletionStage<Void> allReceived(RoomId room) {
        return link.allReceived(RedisKeys.shard(room));
    }

    private CompletionStage<RedisReply> call(
            RedisScript script, RoomId room, List<byte[]> names, List<byte[]> arguments) {
        return link.call(script, RedisKeys.shard(room), names, arguments);
    }

    private List<byte[]> keysOf(RoomId room) {
        List<byte[]> names = new ArrayList<>();
        names.add(keys.room(room));
        names.add(keys.roster(room));
        return names;
    }

    private List<byte[]> head(RoomId room, RoomSettings settings) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(room.value().getBytes(UTF_8));
        arguments.add(keys.channel(RedisKeys.shard(room)));
        arguments.add(ascii(life(room, settings)));
        return arguments;
    }

    /** Earlier than the node gives up, so that the reply to what has been done in time still arrives. */
    private long deadline() {
        return redisClock.micros() + timeoutMicros * 3 / 4;
    }

    private static byte[] flag(boolean value) {
        return ascii(value ? "1" : "0");
    }
}
