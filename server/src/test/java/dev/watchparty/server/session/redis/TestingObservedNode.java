package dev.watchparty.server.session.redis;

import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Credentials;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackCommand.ChangeVideo;
import dev.watchparty.server.session.PlaybackCommand.Seek;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.TestingListener;
import dev.watchparty.server.session.Visitor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A node with sockets in one room, and what these have been told. */
final class TestingObservedNode {
    static final RoomId ROOM = new RoomId("film-night");
    static final PlaybackCommand VIDEO = new ChangeVideo(new VideoId("dQw4w9WgXcQ"));

    /** Nothing but messages tells a node anything within the time of a test. */
    static final Pace SLOW =
            new Pace(Duration.ofMinutes(1), Duration.ofSeconds(3), Duration.ofMinutes(10), Duration.ofMinutes(10));

    static final int MAX_ROOMS = 100;
    private static final RoomLimits LIMITS = new RoomLimits(
            MAX_ROOMS,
            1000,
            1000,
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10));
    private static final RecoveryWindow WINDOW = new RecoveryWindow(Duration.ofMinutes(2), 100);
    private static final Fixes FIXES =
            new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final AtomicLong ARRIVALS = new AtomicLong();

    private final TestingNodes.Node node;
    private final List<SessionEvent> events = new CopyOnWriteArrayList<>();

    private TestingObservedNode(TestingNodes.Node node) {
        this.node = node;
        node.store().subscribe(new TestingListener(events::add));
    }

    static TestingObservedNode start(TestingNodes nodes, RedisConfig config, Pace pace) {
        return new TestingObservedNode(nodes.start(config, pace, GRACE, FIXES, LIMITS, WINDOW, ServerClock.anchored()));
    }

    RedisStore store() {
        return node.store();
    }

    RedisSecret secret() {
        return node.secret();
    }

    RedisLimits limits() {
        return node.limits();
    }

    SharedRoom room() {
        return store().room(ROOM);
    }

    Visitor enter(String socketId) {
        return enter(ROOM, socketId);
    }

    Visitor enter(RoomId room, String socketId) {
        return done(store().enter(room, new Arrival(socketId, ARRIVALS.incrementAndGet(), true)));
    }

    /** A socket of a participant enters. */
    Visitor enterAs(String participantId, String socketId) {
        Credentials credentials = new Credentials(participantId, Optional.empty(), Optional.empty());
        return done(store().enter(ROOM, new Arrival(socketId, ARRIVALS.incrementAndGet(), false, credentials)));
    }

    /** Creates the room for a host. */
    boolean createFor(String host) {
        return done(store().create(ROOM, RoomSettings.createdBy(host, RoomTitle.NONE, Optional.empty(), 1)));
    }

    RoomSettings settings() {
        return playback().settings();
    }

    /** A socket enters and joins under its id. */
    void join(String socketId) {
        enter(socketId);
        name(socketId, socketId);
    }

    /** A socket that has entered joins. */
    void name(String socketId, String username) {
        done(store().join(ROOM, socketId, new Username(username)));
    }

    CompletionStage<Void> send(String socketId, RoomCommand command) {
        return store().apply(ROOM, socketId, command);
    }

    void command(String socketId, RoomCommand command) {
        done(send(socketId, command));
    }

    static PlaybackCommand seek(double seconds) {
        return new Seek(Optional.of(seconds));
    }

    /** The events so far. */
    List<SessionEvent> events() {
        return List.copyOf(events);
    }

    <T extends SessionEvent> List<T> told(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<PlaybackChange> changes() {
        return told(Changed.class).stream()
                .flatMap(changed -> changed.changes().stream())
                .toList();
    }

    /** The numbers of the changes, in the order in which the sockets were told. */
    List<Long> numbers() {
        return changes().stream().map(PlaybackChange::seq).toList();
    }

    void forget() {
        events.clear();
    }

    SessionState playback() {
        return room().replica().state().playback();
    }

    List<String> names() {
        return room().replica().state().roster().participants().stream()
                .map(Participant::username)
                .map(Username::value)
                .toList();
    }

    /** Whether both know the same room. */
    boolean agreesWith(TestingObservedNode other) {
        return playback().equals(other.playback()) && names().equals(other.names());
    }

    static <T> T done(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
