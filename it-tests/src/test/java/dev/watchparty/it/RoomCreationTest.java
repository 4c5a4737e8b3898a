package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.RunningServer;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.protocol.WireJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms that people create by HTTP, and then enter by Socket.IO. */
class RoomCreationTest {
    private static final Pattern FILE = Pattern.compile("(?:src|href)=\"(\\.[^\"]+)\"");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @EnumSource(names = {"JS_UPGRADE", "JS_POLLING", "MSGPACK_WEBSOCKET"})
    void creatorIsHostAndGuestsAreNot(ClientKind kind) {
        JsonNode created = create("{\"name\":\"Film-Night\",\"title\":\"Film night\"}");
        String room = created.path("room").textValue();

        TestingSocketClient host = party.connect(kind, "Hanna", auth(room, created.path("token")));
        assertThat(host.await("session:identity").path("participantId")).isEqualTo(created.path("participantId"));
        JsonNode info = host.await("session:init").path("roomInfo");
        assertThat(info.path("owned").booleanValue()).isTrue();
        assertThat(info.path("title").textValue()).isEqualTo("Film night");
        assertThat(info.path("hosts")).containsExactly(created.path("participantId"));

        TestingSocketClient guest = party.connect(kind, "Gus", auth(room, null));
        assertThat(guest.await("session:init").path("roomInfo")).isEqualTo(info);
        assertThat(guest.await("session:identity").path("participantId")).isNotEqualTo(created.path("participantId"));
        assertThat(guest.ask("room:close", Map.of())
                        .path(0)
                        .path("error")
                        .path("code")
                        .textValue())
                .isEqualTo("NOT_ALLOWED");
        assertThat(host.ask("room:update", Map.of("title", "Another"))
                        .path(0)
                        .path("error")
                        .isMissingNode())
                .isTrue();
        assertThat(guest.await("room:info").path("title").textValue()).isEqualTo("Another");
    }

    @Test
    void roomWithAPasswordOpensToThoseWhoKnowIt() {
        JsonNode created = create("{\"password\":\"open sesame\"}");
        String room = created.path("room").textValue();

        assertThat(refusalOf(room, null)).isEqualTo("PASSWORD_REQUIRED");
        assertThat(refusalOf(room, "sesame")).isEqualTo("WRONG_PASSWORD");
        TestingSocketClient guest = party.connect(
                ClientKind.JS_WEBSOCKET, "Gus", Map.of("room", room, "generation", 3, "password", "open sesame"));
        assertThat(guest.await("session:init")
                        .path("roomInfo")
                        .path("hasPassword")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void guessesAtAPasswordAreBoundedButItsPeopleComeIn() {
        party.start(Map.of("watchparty.limits.enabled", true));
        JsonNode created = create("{\"password\":\"open sesame\"}");
        String room = created.path("room").textValue();
        for (int i = 0; i < 10; i++) {
            assertThat(refusalOf(room, "guess" + i)).isEqualTo("WRONG_PASSWORD");
        }

        String further = refusalOf(room, "another guess");
        for (int i = 0; further.equals("WRONG_PASSWORD") && i < 10; i++) { // a minute allows ten more
            further = refusalOf(room, "another guess");
        }

        assertThat(further).isEqualTo("RATE_LIMITED");
        TestingSocketClient host = party.connect(
                ClientKind.JS_WEBSOCKET,
                "Hanna",
                Map.of(
                        "room",
                        room,
                        "generation",
                        3,
                        "identity",
                        created.path("token").textValue(),
                        "password",
                        "forgotten"));
        assertThat(host.await("session:init").path("roomInfo").path("owned").booleanValue())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "a b", "\u00e4\u202e\u00f6", "\u00e4/\u00f6", "\u00e4\u200b\u00f6", "äö", "%c3%a4öü"})
    void socketIsToldThatNoRoomHasItsName(String name) {
        TestingSocketClient client = party.open(ClientKind.JAVA_WEBSOCKET, "Lost", Map.of("room", name));

        JsonNode refusal = client.awaitArguments(ReceivedEvent.REFUSED);
        assertThat(refusal.path(0).textValue()).startsWith("Invalid room");
        assertThat(refusal.path(1).path("code").textValue()).isEqualTo("INVALID_ROOM");
    }

    @Test
    void nameOfAnotherScriptLeadsToOneRoomInEveryForm() {
        TestingSocketClient one = party.join(ClientKind.JAVA_WEBSOCKET, "Jo", Map.of("room", "КИНО-ночь"));
        party.join(ClientKind.JS_POLLING, "Kim", Map.of("room", "кино-ночь"));

        assertThat(one.await("session:userJoined").path("user").path("username").textValue())
                .isEqualTo("Kim");
    }

    @Test
    void roomForEverybodyCanBeOff() {
        party.start(Map.of("watchparty.rooms.default", "off"));
        assertThat(TestingRawClient.get(party.server(), "/api/server").body()).isEqualTo("{\"defaultRoom\":false}");

        for (Map<String, ?> auth : List.of(Map.<String, Object>of(), Map.of("room", "default"))) {
            JsonNode refusal =
                    party.open(ClientKind.JAVA_WEBSOCKET, "Lost", auth).awaitArguments(ReceivedEvent.REFUSED);
            assertThat(refusal.path(0).textValue()).startsWith("This server has no room for everybody");
            assertThat(refusal.path(1).path("code").textValue()).isEqualTo("DEFAULT_ROOM_OFF");
        }
        party.connect(ClientKind.JAVA_WEBSOCKET, "Jo", Map.of("room", "film-night"))
                .await("session:init");
    }

    @Test
    void addressThatFloodsIsToldWhenToTryAgain() {
        party.start(Map.of(
                "watchparty.limits.enabled",
                true,
                "watchparty.rooms.creation.per-minute",
                1,
                "watchparty.rooms.creation.burst",
                2));
        assertThat(post(party.server(), "{}").status()).isEqualTo(201);
        assertThat(post(party.server(), "{}").status()).isEqualTo(201);

        RawResponse refused = post(party.server(), "{}");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 61);
        assertThat(json(refused).path("error").path("code").textValue()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void roomsAreBoundedOnAllNodesTogetherAndNoneIsDroppedForAnother() {
        party.start(Map.of("watchparty.rooms.max-rooms", 3));
        JsonNode first = create("{\"title\":\"The first\"}");
        RawResponse answer = post(party.door(), "{}");
        for (int i = 0; i < 2 && answer.status() == 201; i++) { // the default room may count too
            answer = post(party.door(), "{}");
        }

        assertThat(answer.status()).isEqualTo(503);
        assertThat(json(answer).path("error").path("code").textValue()).isEqualTo("UNAVAILABLE");
        assertThat(json(answer).path("error").path("message").textValue()).isEqualTo("the server takes no more rooms");
        TestingSocketClient guest = party.connect(
                ClientKind.JS_WEBSOCKET, "Gus", auth(first.path("room").textValue(), null));
        assertThat(guest.await("session:init").path("roomInfo").path("title").textValue())
                .isEqualTo("The first");
    }

    @Test
    void everyFileOfThePageIsFoundFromTheAddressOfARoom() {
        String page = TestingRawClient.get(party.server(), "/r/film-night").body();

        List<String> files =
                FILE.matcher(page).results().map(MatchResult::toString).toList();
        assertThat(FILE.matcher(page).results().map(file -> file.group(1)))
                .as("%s", files)
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(file).startsWith("../"))
                .allSatisfy(file -> assertThat(TestingRawClient.get(party.server(), file.substring(2))
                                .status())
                        .as(file)
                        .isEqualTo(200));
    }

    private JsonNode create(String body) {
        RawResponse answer = post(party.door(), body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return json(answer);
    }

    private static RawResponse post(RunningServer server, String body) {
        return TestingRawClient.exchange(
                server, "POST", "/api/rooms", Map.of("Content-Type", "application/json"), body);
    }

    private static JsonNode json(RawResponse answer) {
        try {
            return WireJson.newMapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private static Map<String, Object> auth(String room, JsonNode token) {
        Map<String, Object> auth = new HashMap<>(Map.of("room", room, "generation", 3));
        if (token != null) {
            auth.put("identity", token.textValue());
        }
        return auth;
    }

    /** The code with which a guest is refused, who is then sent away. */
    private String refusalOf(String room, String password) {
        Map<String, Object> auth = auth(room, null);
        if (password != null) {
            auth.put("password", password);
        }
        TestingSocketClient guest = party.open(ClientKind.JS_WEBSOCKET, "Guest", auth);
        JsonNode error = guest.await("session:error");
        assertThat(error.path("event").textValue()).isEqualTo("session:init");
        assertThat(error.path("message").textValue()).isNotEmpty();
        guest.await(ReceivedEvent.DISCONNECTED);
        return error.path("code").textValue();
    }
}
