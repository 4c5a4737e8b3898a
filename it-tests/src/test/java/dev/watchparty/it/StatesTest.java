package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.CreatedRoom;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** States of people: the reports of clients about their players, and the clients that are told, with real clients. */
class StatesTest {
    private static final String REPORT = "room:report";
    private static final String REPORTS = "room:reports";
    private static final Map<String, Object> GENERATION_3 = Map.of("generation", 3);
    private static final Map<String, Object> PLAYING = Map.of("player", "playing", "driftMs", -120, "hidden", false);
    private static final Map<String, Object> BLOCKED = Map.of("player", "blocked", "hidden", true);

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private TestingSocketClient join(String name, Map<String, Object> auth) {
        return party.join(ClientKind.JS_WEBSOCKET, name, auth);
    }

    private static void report(TestingSocketClient client, Map<String, Object> report) {
        assertThat(client.ask(REPORT, report)).isEmpty();
    }

    /** The entries about a socket in the payload of an event. */
    private static List<JsonNode> about(String socketId, JsonNode payload) {
        return StreamSupport.stream(payload.path("reports").spliterator(), false)
                .filter(entry -> entry.path("socketId").textValue().equals(socketId))
                .toList();
    }

    /** The messages about how people are that a client has received. */
    private static Stream<JsonNode> told(TestingSocketClient client) {
        return client.received().stream()
                .filter(event -> event.name().equals(REPORTS))
                .map(ReceivedEvent::payload);
    }

    /** Waits until the latest that a client was told of a socket fits. */
    private static JsonNode awaitReport(TestingSocketClient client, String socketId, Predicate<JsonNode> fits) {
        return await("%s is told of %s".formatted(client, socketId))
                .until(
                        () -> told(client)
                                .flatMap(payload -> about(socketId, payload).stream())
                                .reduce((earlier, later) -> later)
                                .filter(fits),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static boolean isState(JsonNode entry, String state) {
        return state.equals(entry.path("player").textValue());
    }

    private static List<String> socketIds(JsonNode payload) {
        return payload.path("reports").findValuesAsText("socketId");
    }

    /** The Java client writes its generation as a text, and so counts as an original page. */
    @EveryClientKind
    void reportOfEachKindOfClientIsToldAsItWasSent(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann", GENERATION_3);
        TestingSocketClient bob = party.join(ClientKind.JS_POLLING, "Bob", GENERATION_3);
        TestingSocketClient cid = party.join(ClientKind.MSGPACK_UPGRADE, "Cid", GENERATION_3);

        report(ann, PLAYING);
        for (TestingSocketClient told : List.of(bob, cid)) {
            assertThat(awaitReport(told, ann.id(), entry -> isState(entry, "playing")))
                    .isEqualTo(entry(ann, "\"player\":\"playing\",\"driftMs\":-120,\"hidden\":false"));
        }
        ann.emit(REPORT, BLOCKED);
        for (TestingSocketClient told : List.of(bob, cid)) {
            assertThat(awaitReport(told, ann.id(), entry -> isState(entry, "blocked")))
                    .isEqualTo(entry(ann, "\"player\":\"blocked\",\"hidden\":true"));
        }
    }

    private static JsonNode entry(TestingSocketClient of, String known) {
        return Json.parse("{\"socketId\":\"%s\",%s,\"reconnecting\":false}".formatted(of.id(), known));
    }

    @Test
    void onlyClientsOfTheThirdGenerationInTheRoomAreTold() {
        CreatedRoom room = party.createRoom(Map.of());
        CreatedRoom other = party.createRoom(Map.of());
        TestingSocketClient ann = join("Ann", room.guest());
        TestingSocketClient bob = join("Bob", room.guest());
        List<TestingSocketClient> earlier = new ArrayList<>();
        for (int i = 0; i < 2; i++) { // one on each node, if there are two
            earlier.add(join("First", Map.of("room", room.room())));
            earlier.add(join("Second", Map.of("room", room.room(), "generation", 2)));
            earlier.add(join("Second again", Map.of("room", room.room(), "generation", 2)));
        }
        TestingSocketClient stranger = join("Stranger", other.guest());

        report(ann, PLAYING);
        report(earlier.get(0), BLOCKED);
        for (TestingSocketClient told : List.of(ann, bob)) {
            awaitReport(told, ann.id(), entry -> isState(entry, "playing"));
        }
        awaitReport(bob, earlier.get(0).id(), entry -> isState(entry, "blocked"));

        for (TestingSocketClient client : earlier) {
            party.join(ClientKind.JS_WEBSOCKET, "Late", Map.of("room", room.room()))
                    .settle();
            client.settle();
            assertThat(client.received())
                    .extracting(ReceivedEvent::name)
                    .isSubsetOf(
                            ReceivedEvent.CONNECTED, "session:init", "session:userJoined", "session:userLeft", "pong");
            assertThat(client.received())
                    .filteredOn(event -> event.name().equals("session:init"))
                    .allSatisfy(event -> assertThat(
                                    event.payload().properties().stream().map(Map.Entry::getKey))
                            .containsExactly(
                                    "videoId",
                                    "playbackTime",
                                    "isPlaying",
                                    "lastAction",
                                    "lastActionBy",
                                    "lastActionByUsername",
                                    "seq",
                                    "lastUpdatedAt",
                                    "users"));
        }
        stranger.settle();
        assertThat(told(stranger)).isEmpty();
    }

    @Test
    void newcomerLearnsHowEverybodyIsOnWhicheverNode() {
        TestingSocketClient ann = join("Ann", GENERATION_3);
        TestingSocketClient bob = join("Bob", GENERATION_3);
        TestingSocketClient silent = join("Original", Map.of());
        report(ann, PLAYING);
        report(bob, BLOCKED);
        for (TestingSocketClient told : List.of(ann, bob)) {
            awaitReport(told, ann.id(), entry -> isState(entry, "playing"));
        }
        awaitReport(ann, bob.id(), entry -> isState(entry, "blocked"));

        for (String name : List.of("Cid", "Dora")) {
            JsonNode init =
                    party.connect(ClientKind.JS_UPGRADE, name, GENERATION_3).await("session:init");
            assertThat(socketIds(init)).containsExactlyInAnyOrder(ann.id(), bob.id());
            assertThat(init.path("users").has(silent.id())).isTrue();
            assertThat(about(ann.id(), init).get(0).path("driftMs").intValue()).isEqualTo(-120);
            assertThat(about(bob.id(), init).get(0).has("driftMs")).isFalse();
        }
    }

    @Test
    void roomOfWhichNothingIsKnownHasNoReports() {
        JsonNode init =
                party.connect(ClientKind.JS_UPGRADE, "Ann", GENERATION_3).await("session:init");

        assertThat(init.has("roomInfo")).isTrue();
        assertThat(init.has("reports")).isFalse();
    }

    @Test
    void lossIsToldAndSoIsTheReturn() {
        TestingSocketClient ann = join("Ann", GENERATION_3);
        TestingSocketClient bob = join("Bob", GENERATION_3);
        String id;
        String pid;
        try (TestingRawWebSocket lost = TestingRawWebSocket.open(party.door())) {
            lost.sendText("40" + Json.text(GENERATION_3));
            JsonNode connected =
                    Json.parse(lost.awaitText(text -> text.startsWith("40{")).substring(2));
            id = connected.path("sid").textValue();
            pid = connected.path("pid").textValue();
            lost.sendText("42[\"session:join\",{\"username\":\"Cid\"}]");
            lost.sendText("42[\"room:report\"," + Json.text(PLAYING) + "]");
            awaitReport(ann, id, entry -> isState(entry, "playing"));
            awaitReport(bob, id, entry -> isState(entry, "playing"));
        }
        for (TestingSocketClient told : List.of(ann, bob)) {
            JsonNode entry =
                    awaitReport(told, id, report -> report.path("reconnecting").booleanValue());
            assertThat(entry.path("player").textValue()).isEqualTo("playing");
        }
        for (String name : List.of("Dora", "Emil")) {
            JsonNode init =
                    party.connect(ClientKind.JS_UPGRADE, name, GENERATION_3).await("session:init");
            assertThat(about(id, init).get(0).path("reconnecting").booleanValue())
                    .isTrue();
        }

        Map<String, Object> ticket = new HashMap<>(GENERATION_3);
        ticket.putAll(Map.of("pid", pid, "offset", ""));
        try (TestingRawWebSocket back = TestingRawWebSocket.open(party.door())) {
            back.sendText("40" + Json.text(ticket));
            for (TestingSocketClient told : List.of(ann, bob)) {
                awaitReport(told, id, report -> !report.path("reconnecting").booleanValue());
            }
            back.sendText("41");
            ann.await(
                    "session:userLeft",
                    left -> left.path("socketId").textValue().equals(id));
            bob.await(
                    "session:userLeft",
                    left -> left.path("socketId").textValue().equals(id));
        }
        for (String name : List.of("Finn", "Gina")) {
            JsonNode init =
                    party.connect(ClientKind.JS_UPGRADE, name, GENERATION_3).await("session:init");
            assertThat(about(id, init)).as("after it has left").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "5",
                "\"playing\"",
                "[]",
                "{}",
                "{\"player\":\"playing\"}",
                "{\"hidden\":true}",
                "{\"player\":\"dancing\",\"hidden\":true}",
                "{\"player\":{\"a\":1},\"hidden\":true}",
                "{\"player\":\"playing\",\"hidden\":1}",
                "{\"player\":\"playing\",\"hidden\":true,\"driftMs\":0.5}",
                "{\"player\":\"playing\",\"hidden\":true,\"driftMs\":\"1\"}",
                "{\"player\":\"playing\",\"hidden\":true,\"driftMs\":86400001}",
                "{\"player\":\"playing\",\"hidden\":true,\"driftMs\":1e300}",
            })
    void malformedReportIsRefusedInWordsAndChangesNothing(String payload) {
        TestingSocketClient ann = join("Ann", GENERATION_3);
        JsonNode report = Json.parse(payload);

        JsonNode error = ann.ask(REPORT, report).path(0).path("error");
        ann.emit(REPORT, report);
        for (JsonNode refused : List.of(error, ann.await("session:error"))) {
            assertThat(refused.path("code").textValue()).isEqualTo("INVALID_PAYLOAD");
            assertThat(refused.path("event").textValue()).isEqualTo(REPORT);
            assertThat(refused.path("message").textValue()).contains("(expected: ");
        }
        assertThat(ann.ask("room:people", Map.of()).path(0).path("reports")).isEmpty();
        report(ann, PLAYING);
        awaitReport(ann, ann.id(), entry -> isState(entry, "playing"));
    }

    @Test
    void reportOfAClientThatHasNotJoinedIsIgnored() {
        TestingSocketClient ann = join("Ann", GENERATION_3);
        TestingSocketClient lurker = party.connect(ClientKind.JS_UPGRADE, "Lurker", GENERATION_3);
        lurker.await("session:init");
        report(lurker, BLOCKED);
        report(ann, PLAYING);

        awaitReport(lurker, ann.id(), entry -> isState(entry, "playing"));
        assertThat(Stream.of(ann, lurker)
                        .flatMap(StatesTest::told)
                        .flatMap(payload -> about(lurker.id(), payload).stream()))
                .isEmpty();
        lurker.emit("session:join", Map.of("username", "Lurker"));
        JsonNode init =
                lurker.await("session:init", joined -> joined.path("users").has(lurker.id()));
        assertThat(socketIds(init)).containsExactly(ann.id());
    }

    @Test
    void floodOfReportsIsReducedToTheLimitAndHurtsNobody() {
        party.start(Map.of(ServerKeys.LIMITS, true));
        TestingSocketClient flooder = join("Flooder", GENERATION_3);
        TestingSocketClient bob = join("Bob", GENERATION_3);
        for (int i = 0; i < 60; i++) {
            flooder.emit(REPORT, Map.of("player", "playing", "driftMs", i, "hidden", false));
        }

        JsonNode error = flooder.await("session:error");
        assertThat(error.path("code").textValue()).isEqualTo("RATE_LIMITED");
        assertThat(error.path("event").textValue()).isEqualTo(REPORT);
        awaitReport(bob, flooder.id(), entry -> isState(entry, "playing"));
        assertThat(bob.ask("session:changeVideo", Map.of("videoId", VIDEO))).isEmpty();
        flooder.await("session:videoChange");
        report(bob, BLOCKED);
        awaitReport(flooder, bob.id(), entry -> isState(entry, "blocked"));
        assertThat(told(bob)).hasSizeLessThan(30);
    }

    @Test
    void guestReportsInARoomThatHostsSteerAndThePlaybackStaysAsItIs() {
        CreatedRoom room = party.createRoom(Map.of());
        TestingSocketClient host = join("Hanna", room.host());
        TestingSocketClient guest = join("Gus", room.guest());
        assertThat(host.ask("room:update", Map.of("steering", "hosts", "locked", true)))
                .isEmpty();
        host.ask("session:changeVideo", Map.of("videoId", VIDEO));
        JsonNode before = guest.await("session:videoChange");
        report(guest, PLAYING);
        awaitReport(host, guest.id(), entry -> isState(entry, "playing"));

        host.settle();
        guest.settle();
        for (String event : List.of("session:play", "session:pause", "session:seek", "session:error")) {
            assertThat(host.unawaited(event)).as(event).isEmpty();
            assertThat(guest.unawaited(event)).as(event).isEmpty();
        }
        JsonNode init =
                party.connect(ClientKind.JS_UPGRADE, "Hanna", room.host()).await("session:init");
        assertThat(init.path("videoId").textValue())
                .isEqualTo(before.path("videoId").textValue());
        assertThat(init.path("isPlaying").booleanValue()).isFalse();
    }

    /** The first message after the room has become short holds everybody: so there was none before. */
    @Test
    void longRoomIsToldNothingAndItsPagesHaveTheReports() {
        party.start(Map.of("watchparty.rooms.max-listed", 3));
        List<TestingSocketClient> crowd = new ArrayList<>();
        for (String name : List.of("Ann", "Bob", "Cid", "Dora")) {
            crowd.add(join(name, GENERATION_3));
        }
        crowd.forEach(client -> report(client, PLAYING));
        for (TestingSocketClient client : crowd) {
            await().untilAsserted(() -> assertThat(
                            socketIds(client.ask("room:people", Map.of()).path(0)))
                    .containsExactlyInAnyOrderElementsOf(
                            crowd.stream().map(TestingSocketClient::id).toList()));
        }
        assertThat(socketIds(
                        crowd.get(0).ask("room:people", Map.of("search", "cid")).path(0)))
                .containsExactly(crowd.get(2).id());
        JsonNode init =
                party.connect(ClientKind.JS_UPGRADE, "Reader", GENERATION_3).await("session:init");
        assertThat(init.path("userCount").intValue()).isEqualTo(4);
        assertThat(init.has("reports")).isFalse();

        TestingSocketClient gone = crowd.remove(3);
        gone.disconnect();
        crowd.forEach(client -> client.await("session:userLeft"));
        report(crowd.get(0), BLOCKED);
        for (TestingSocketClient client : crowd) {
            JsonNode first = client.await(REPORTS);
            assertThat(socketIds(first))
                    .containsExactlyInAnyOrderElementsOf(
                            crowd.stream().map(TestingSocketClient::id).toList());
            assertThat(about(crowd.get(0).id(), first)).allMatch(entry -> isState(entry, "blocked"));
        }
    }

    @Test
    void numberOfPeopleInALongListCountsEachPersonOnceWithAFewReports() {
        party.start(Map.of("watchparty.rooms.max-listed", 2));
        CreatedRoom room = party.createRoom(Map.of());
        List<TestingSocketClient> tabs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            tabs.add(join("Hanna", room.host()));
        }
        TestingSocketClient guest = join("Gus", room.guest());
        tabs.forEach(tab -> report(tab, PLAYING));
        report(guest, BLOCKED);

        JsonNode init =
                party.connect(ClientKind.JS_UPGRADE, "Reader", room.guest()).await("session:init");
        assertThat(init.path("users")).hasSize(2);
        assertThat(init.path("userCount").intValue()).isEqualTo(2);
        await().untilAsserted(() -> {
            JsonNode page = guest.ask("room:people", Map.of()).path(0);
            assertThat(page.path("total").intValue()).isEqualTo(2);
            assertThat(about(guest.id(), page)).hasSize(1);
            assertThat(page.path("reports")).hasSize(4 + 1);
        });
        tabs.subList(1, 6).forEach(TestingSocketClient::disconnect);
        for (int i = 1; i < 6; i++) {
            guest.await("session:userLeft");
        }
        JsonNode whole =
                party.connect(ClientKind.JS_UPGRADE, "Reader", room.guest()).await("session:init");
        assertThat(whole.path("users")).hasSize(2);
        assertThat(whole.has("userCount")).isFalse();
    }
}
