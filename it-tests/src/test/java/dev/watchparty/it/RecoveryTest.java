package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.RunningServer;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that loses its connection comes back under its id and name, by the handshake that the JavaScript library
 * does by itself.
 */
class RecoveryTest {
    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @EnumSource(names = {"JS_POLLING", "JS_WEBSOCKET", "JS_UPGRADE"})
    void lostClientComesBackUnderItsIdAndNameAndNobodyHearsOfIt(ClientKind kind) {
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        TestingSocketClient ann = party.join(kind, "Ann");
        String id = ann.id();
        witness.settle();
        witness.forget();

        ann.dropConnection();

        ann.await(ReceivedEvent.DISCONNECTED);
        assertThat(ann.await(ReceivedEvent.CONNECTED).textValue()).isEqualTo(id);
        JsonNode init = ann.await("session:init");
        assertThat(init.path("users").path(id).path("username").textValue()).isEqualTo("Ann");
        assertThat(init.path("users")).hasSize(2);
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        assertThat(witness.await("session:videoChange").path("username").textValue())
                .isEqualTo("Ann");
        assertThat(witness.unawaited("session:userLeft")).isEmpty();
    }

    @Test
    void clientThatDoesNotComeBackLeavesOnceAfterTheGrace() {
        party.start(Map.of(ServerKeys.RECOVERY_GRACE, "300 ms"));
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        String id;
        try (Caller lost = Caller.connect(party.door(), "40")) {
            id = lost.id();
            lost.join("Lost");
            witness.await("session:userJoined");
        }

        assertThat(witness.await("session:userLeft").path("socketId").textValue())
                .isEqualTo(id);
        witness.settle();
        assertThat(witness.unawaited("session:userLeft")).isEmpty();
        assertThat(party.snapshot().path("users")).hasSize(1);
    }

    @Test
    void clientThatComesBackLateJoinsAgainUnderItsIdAndName() {
        party.start(Map.of(ServerKeys.RECOVERY_GRACE, "300 ms"));
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        String id = ann.socketId();
        witness.await("session:userJoined");

        ann.goOffline();
        assertThat(witness.await("session:userLeft").path("socketId").textValue())
                .isEqualTo(id);
        ann.goOnline();

        JsonNode user = witness.await("session:userJoined").path("user");
        assertThat(user.path("socketId").textValue()).isEqualTo(id);
        assertThat(user.path("username").textValue()).isEqualTo("Ann");
    }

    @Test
    void clientThatLeavesOnPurposeComesBackAsAnother() {
        party.start(Map.of(ServerKeys.RECOVERY_GRACE, "1 minute"));
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        TestingSocketClient ann = party.join(ClientKind.JS_UPGRADE, "Ann");

        ann.disconnect();

        assertThat(witness.await("session:userLeft").path("username").textValue())
                .isEqualTo("Ann");
    }

    @Test
    void offsetIsNeverNeeded() {
        String pid;
        String id;
        try (Caller first = Caller.connect(party.door(), "40")) {
            first.join("Ann");
            pid = first.pid();
            id = first.id();
        }
        for (String offset : List.of("", ",\"offset\":\"pong\"", ",\"offset\":null", ",\"offset\":{\"a\":1}")) {
            try (Caller again = Caller.connect(party.door(), "40{\"pid\":\"" + pid + "\"" + offset + "}")) {
                assertThat(again.id()).as("with offset %s", offset).isEqualTo(id);
                pid = again.pid();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"pid\":\"\"}",
                "{\"pid\":\"nobody\"}",
                "{\"pid\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAA\"}",
                "{\"pid\":\"../../etc/passwd\"}",
                "{\"pid\":null}",
                "{\"pid\":5}",
                "{\"pid\":{\"a\":1}}",
                "{\"pid\":[\"a\"]}",
            })
    void ticketThatTheServerDidNotGiveOpensAFreshSession(String auth) {
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");

        try (Caller caller = Caller.connect(party.door(), "40" + auth)) {
            assertThat(caller.id()).matches("[A-Za-z0-9_-]{20}").isNotEqualTo(ann.id());
        }
        ann.settle();
    }

    @Test
    void ticketThatWasChangedOpensAFreshSession() {
        String pid;
        String id;
        try (Caller first = Caller.connect(party.door(), "40")) {
            first.join("Ann");
            pid = first.pid();
            id = first.id();
        }
        for (int at = 0; at < pid.length(); at += 7) {
            char other = pid.charAt(at) == 'x' ? 'y' : 'x';
            String changed = pid.substring(0, at) + other + pid.substring(at + 1);
            try (Caller forger = Caller.connect(party.door(), "40{\"pid\":\"" + changed + "\"}")) {
                assertThat(forger.id()).as("with character %d changed", at).isNotEqualTo(id);
            }
        }
    }

    @Test
    void ticketOfAConnectedClientTakesNothingFromIt() {
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        try (Caller ann = Caller.connect(party.door(), "40")) {
            ann.join("Ann");
            try (Caller second = Caller.connect(party.door(), "40{\"pid\":\"" + ann.pid() + "\"}")) {
                second.ping();
                witness.settle();
                long annas = party.snapshot().path("users").findValues("username").stream()
                        .filter(name -> name.textValue().equals("Ann"))
                        .count();
                assertThat(annas).isEqualTo(1);
            }
        }
    }

    @Test
    void clientGetsAnotherIdAfterTheWindow() {
        party.start(Map.of("watchparty.recovery.window", "1 ms", ServerKeys.RECOVERY_GRACE, "0 s"));
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        String pid;
        String id;
        try (Caller first = Caller.connect(party.door(), "40")) {
            first.join("Ann");
            pid = first.pid();
            id = first.id();
        }
        witness.await("session:userLeft");

        try (Caller again = Caller.connect(party.door(), "40{\"pid\":\"" + pid + "\"}")) {
            assertThat(again.id()).isNotEqualTo(id);
        }
    }

    @Test
    void noTicketIsGivenWithRecoveryOff() {
        party.start(Map.of("watchparty.recovery.enabled", false));
        try (Caller caller = Caller.connect(party.door(), "40")) {
            assertThat(caller.pid()).isNull();
        }
    }

    @Test
    void sessionSurvivesACrashOfTheServer(@TempDir Path folder) {
        String file = folder.resolve("sessions").toString();
        TestingServerProcess first =
                party.use(TestingServerProcess.start(List.of(), Map.of(ServerKeys.RECOVERY_FILE, file)));
        TestingSocketClient ann = party.join(ClientKind.JS_UPGRADE, "Ann");
        String id = ann.id();
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:seek", Map.of("time", 77));
        long seq = ann.await("session:seek").path("seq").longValue();
        Awaitility.await("the change is saved")
                .until(() -> Files.exists(Path.of(file))
                        && Files.readString(Path.of(file)).contains(Long.toString(seq)));

        first.close();
        first.awaitExit(10);
        party.closeAfterTest(TestingServerProcess.start(
                List.of(), Map.of(ServerKeys.RECOVERY_FILE, file, ServerKeys.PORT, first.port())));

        ann.await(ReceivedEvent.CONNECTED, connected -> connected.textValue().equals(id));
        JsonNode init = ann.await("session:init", after -> after.path("seq").longValue() >= seq);
        assertThat(init.path("videoId").textValue()).isEqualTo(VIDEO);
        assertThat(init.path("playbackTime").doubleValue()).isEqualTo(77);
        assertThat(init.path("users").path(id).path("username").textValue()).isEqualTo("Ann");
    }

    @Test
    void newcomerHearsOfTheParticipantsOfARevivedSession(@TempDir Path folder) {
        party.start(Map.of(ServerKeys.RECOVERY_FILE, folder.resolve("sessions").toString()));
        String pid;
        try (Caller ann = Caller.connect(party.door(), "40");
                Caller bob = Caller.connect(party.door(), "40")) {
            ann.join("Ann");
            bob.join("Bob");
            pid = ann.pid();
            party.restart();
        }
        TestingSocketClient carol = party.join(ClientKind.JS_UPGRADE, "Carol");
        try (Caller ann = Caller.connect(party.door(), "40{\"pid\":\"" + pid + "\"}")) {
            JsonNode first = carol.await("session:userJoined");
            JsonNode second = carol.await("session:userJoined");
            assertThat(List.of(usernameIn(first), usernameIn(second))).containsExactlyInAnyOrder("Ann", "Bob");
            ann.ping();
        }
    }

    private static String usernameIn(JsonNode joined) {
        return joined.path("user").path("username").textValue();
    }

    /** A bare socket that entered the namespace with a CONNECT packet of the test's own. */
    private record Caller(TestingRawWebSocket socket, JsonNode answer) implements AutoCloseable {
        static Caller connect(RunningServer server, String packet) {
            TestingRawWebSocket socket = TestingRawWebSocket.open(server);
            socket.sendText(packet);
            String answer = socket.awaitText(text -> text.startsWith("40"));
            return new Caller(socket, Json.parse(answer.substring(2)));
        }

        String id() {
            return answer.path("sid").textValue();
        }

        String pid() {
            return answer.path("pid").textValue();
        }

        void join(String name) {
            socket.sendText("42[\"session:join\",{\"username\":\"" + name + "\"}]");
            socket.awaitText(text -> text.startsWith("42[\"session:init\"") && text.contains(name));
        }

        void ping() {
            socket.sendText("42[\"ping\"]");
            socket.awaitText(text -> text.equals("42[\"pong\"]"));
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
