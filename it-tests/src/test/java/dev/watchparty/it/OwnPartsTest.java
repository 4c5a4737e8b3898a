package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.typesafe.config.ConfigFactory;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServer;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.protocol.PlayerReport;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.WatchPartyServer;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.config.WatchPartyConfig;
import dev.watchparty.server.handlers.AdmissionCheck;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.PresenceStore;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomCommand;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.Roster;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.SessionEvent.Changed;
import dev.watchparty.server.session.SessionEvent.Corrected;
import dev.watchparty.server.session.SessionEvent.Entered;
import dev.watchparty.server.session.SessionEvent.Joined;
import dev.watchparty.server.session.SessionEvent.Left;
import dev.watchparty.server.session.SessionEvent.Reported;
import dev.watchparty.server.session.SessionEvent.Revived;
import dev.watchparty.server.session.SessionListener;
import dev.watchparty.server.session.SessionStore;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.MemoryStore;
import dev.watchparty.server.session.memory.SavedSessions;
import dev.watchparty.server.socketio.Admission.Decision;
import dev.watchparty.server.socketio.Admission.Refused;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.SocketIoServer;
import jakarta.inject.Inject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The parts that a program can add to the server or replace in it. Each test is an example. */
class OwnPartsTest {
    @RegisterExtension
    final TestingParty party = new TestingParty();

    /** Counts for the metrics system of a program. */
    private static final class Counters implements SessionListener {
        final LongAdder participants = new LongAdder();
        final LongAdder changes = new LongAdder();

        @Override
        public void entered(Entered event) {
            // A socket without a name is no participant yet.
        }

        @Override
        public void joined(Joined event) {
            participants.increment();
        }

        @Override
        public void left(Left event) {
            event.participant().ifPresent(gone -> participants.decrement());
        }

        @Override
        public void reported(Reported event) {}

        @Override
        public void revived(Revived event) {}

        @Override
        public void changed(Changed event) {
            changes.add(event.changes().size());
        }

        @Override
        public void corrected(Corrected event) {}
    }

    @Test
    void listenerHearsOfEverythingInTheRooms() {
        Counters counters = new Counters();
        party.use(TestingServer.start(WatchPartyServer.builder().listener(counters)));

        TestingSocketClient alice = party.join(ClientKind.JS_WEBSOCKET, "Alice");
        alice.ask("session:changeVideo", Map.of("videoId", TestingParty.VIDEO));
        alice.ask("session:play", Map.of("time", 1));
        assertThat(counters.participants.sum()).isOne();
        assertThat(counters.changes.sum()).isEqualTo(2);

        alice.disconnect();
        await().until(() -> counters.participants.sum() == 0);
    }

    @Test
    void admissionCheckRefusesClientsInItsOwnWords() {
        AdmissionCheck membersOnly = (handshake, room) -> {
            boolean isMember = handshake.getAuthToken() instanceof Map<?, ?> auth && "sesame".equals(auth.get("token"));
            Optional<Refused> refusal = isMember
                    ? Optional.empty()
                    : Optional.of(
                            Decision.refuse("Members only", Map.of("code", "MEMBERS_ONLY", "room", room.value())));
            // As a check that asks another service: the answer comes later, on another thread.
            return CompletableFuture.supplyAsync(
                    () -> refusal, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
        };
        party.use(TestingServer.start(WatchPartyServer.builder().admissionCheck(membersOnly)));

        for (ClientKind kind : List.of(ClientKind.JS_UPGRADE, ClientKind.JS_POLLING, ClientKind.JAVA_WEBSOCKET)) {
            TestingSocketClient stranger = party.open(kind, "stranger", Map.of("room", "film-night"));
            JsonNode refused = stranger.awaitArguments(ReceivedEvent.REFUSED);
            assertThat(refused.path(0).textValue()).isEqualTo("Members only");
            assertThat(refused.path(1).path("code").textValue()).isEqualTo("MEMBERS_ONLY");
            assertThat(refused.path(1).path("room").textValue()).isEqualTo("film-night");

            party.connect(kind, "member", Map.of("token", "sesame")).await("session:init");
        }
    }

    @Test
    void namespaceOfAProgramLivesBesideOurs() {
        party.use(TestingServer.start(WatchPartyServer.builder().transport(OwnPartsTest::addStaffRoom)));

        TestingSocketClient viewer = party.join(ClientKind.JS_UPGRADE, "Viewer");
        TestingSocketClient staff = viewer.open("/staff", Map.of());
        staff.await(ReceivedEvent.CONNECTED);
        staff.emit("notice", "We close at ten");

        assertThat(staff.await("notice").textValue()).isEqualTo("We close at ten");
        viewer.settle();
        assertThat(viewer.unawaited("notice")).isEmpty();
    }

    private static void addStaffRoom(SocketIoServer transport) {
        SocketIONamespace staff = transport.namespace("/staff");
        Broadcasts broadcasts = transport.broadcasts("/staff");
        staff.addEventListener("notice", String.class, (client, text, ack) -> {
            Audience everybody = Audience.of(staff.getAllClients());
            broadcasts.send(broadcasts.encode("notice", text), everybody, Set.of());
        });
    }

    /** Keeps the sessions as the store in memory does, and a record of all commands. */
    static final class RecordingStore implements SessionStore, PresenceStore {
        private final MemoryStore memory;
        private final List<String> record;

        @Inject
        RecordingStore(
                Fixes fixes,
                RoomLimits limits,
                RecoveryWindow window,
                ServerClock clock,
                ScheduledExecutorService timer,
                List<String> record) {
            this.memory = new MemoryStore(fixes, limits, window, clock, SavedSessions.none(), timer);
            this.record = record;
        }

        @Override
        public CompletionStage<Void> apply(RoomId room, String socketId, RoomCommand command) {
            record.add(command.toString());
            return memory.apply(room, socketId, command);
        }

        @Override
        public CompletionStage<Boolean> create(RoomId room, RoomSettings settings) {
            return memory.create(room, settings);
        }

        @Override
        public CompletionStage<RoomSettings> settings(RoomId room) {
            return memory.settings(room);
        }

        @Override
        public CompletionStage<Void> ready() {
            return memory.ready();
        }

        @Override
        public void subscribe(SessionListener listener) {
            memory.subscribe(listener);
        }

        @Override
        public CompletionStage<Boolean> expects(RoomId room, String socketId) {
            return memory.expects(room, socketId);
        }

        @Override
        public CompletionStage<Visitor> enter(RoomId room, Arrival arrival) {
            return memory.enter(room, arrival);
        }

        @Override
        public CompletionStage<Void> join(RoomId room, String socketId, Username username) {
            return memory.join(room, socketId, username);
        }

        @Override
        public CompletionStage<Void> report(RoomId room, String socketId, PlayerReport report) {
            return memory.report(room, socketId, report);
        }

        @Override
        public CompletionStage<Roster> roster(RoomId room) {
            return memory.roster(room);
        }

        @Override
        public CompletionStage<Void> lose(RoomId room, Visitor visitor) {
            return memory.lose(room, visitor);
        }

        @Override
        public CompletionStage<Void> leave(RoomId room, Visitor visitor) {
            return memory.leave(room, visitor);
        }
    }

    @Test
    void storeOfAProgramReplacesTheOneInMemory() {
        List<String> commands = new CopyOnWriteArrayList<>();
        party.use(TestingServer.start(
                WatchPartyServer.builder().store(RecordingStore.class).override(binder -> binder.bind(
                                new TypeLiteral<List<String>>() {})
                        .toInstance(commands))));

        TestingSocketClient alice = party.join(ClientKind.JS_UPGRADE, "Alice");
        TestingSocketClient bob = party.join(ClientKind.JAVA_WEBSOCKET, "Bob");
        alice.ask("session:seek", Map.of("time", 60));

        assertThat(bob.await("session:seek").path("time").doubleValue()).isEqualTo(60);
        assertThat(commands).containsExactly("Seek[time=Optional[60.0]]");
    }

    @Test
    void finishedSettingsAndBindingsReplaceOurs() {
        WatchPartyConfig settings = ConfigLoader.of(
                ConfigFactory.parseMap(Map.of("watchparty.server.port", 0, "watchparty.server.host", "127.0.0.1")));
        ServerClock stopped = () -> 1_000_000;
        party.use(TestingServer.of(WatchPartyServer.builder()
                .settings(settings)
                .override(binder -> binder.bind(ServerClock.class).toInstance(stopped))
                .start()));

        TestingSocketClient client = party.connect(ClientKind.JS_WEBSOCKET, "Alice");
        assertThat(client.await("session:init").path("lastUpdatedAt").longValue())
                .isEqualTo(1_000_000);
    }

    /** Adds a part that ends with the server. */
    @Test
    void partThatFailsToEndLeavesTheServerClosed() {
        List<String> calls = new CopyOnWriteArrayList<>();
        ManagedPart part = new ManagedPart() {
            @Override
            public void start() {
                calls.add("start");
            }

            @Override
            public void close() {
                calls.add("close");
                throw new IllegalStateException("failed on purpose");
            }
        };
        TestingServer server = party.use(TestingServer.start(
                WatchPartyServer.builder().override(binder -> Multibinder.newSetBinder(binder, ManagedPart.class)
                        .addBinding()
                        .toInstance(part))));
        party.join(ClientKind.JS_WEBSOCKET, "Alice");
        int port = server.port();
        server.stop();

        assertThat(calls).containsExactly("start", "close");
        assertThat(server.sessions()).isZero();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void faultInAPartOfAProgramIsItsOwnException() {
        IllegalStateException fault = new IllegalStateException("our staff room is on fire");

        assertThatThrownBy(() -> TestingServer.start(WatchPartyServer.builder().transport(transport -> {
                    throw fault;
                })))
                .isSameAs(fault);
    }
}
