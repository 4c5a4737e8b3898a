package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.http.TestingHttpConnection.Response;
import dev.watchparty.server.identity.Identities;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.RoomSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creates rooms over a real port. The requests of this class come through a trusted proxy. */
class RoomsEndpointTest {
    private static final String ALICE = "203.0.113.1";
    private static final String BOB = "203.0.113.2";
    private static final Map<String, ?> BEHIND_A_PROXY =
            Map.of("watchparty.server.trusted-proxies", "127.0.0.1", "watchparty.server.io-threads", 1);

    private TestingRooms rooms;
    private TestingHttpServer server;
    private TestingHttpConnection connection;

    @BeforeEach
    void start() throws IOException {
        start(TestingRooms.unlimited(), BEHIND_A_PROXY);
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        server.close();
    }

    private void startAgain(TestingRooms other, Map<String, ?> transport) throws IOException {
        stop();
        start(other, transport);
    }

    private void start(TestingRooms other, Map<String, ?> transport) throws IOException {
        rooms = other;
        server = TestingHttpServer.start(TestingHttpServer.CONFIG, "<p>A page.</p>", rooms, transport);
        connection = server.connect();
    }

    @Test
    void creatorIsHostOfARoomOfItsWishes() throws Exception {
        Response answer = create("{\"name\":\"Film-Night\",\"title\":\" Film <b>night \",\"password\":\"secret\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        JsonNode created = json(answer);
        assertThat(created.path("room").textValue()).isEqualTo("film-night");
        assertThat(created.path("path").textValue()).isEqualTo("/r/film-night");
        assertThat(created.path("expiresAt").longValue())
                .isEqualTo(TestingRooms.NOW + Duration.ofDays(30).toMillis());
        RoomId room = new RoomId("film-night");
        String host = created.path("participantId").textValue();
        assertThat(rooms.identities().recognise(room, created.path("token").textValue()))
                .contains(new Identities.Proof(host, true, TestingRooms.NOW));
        RoomSettings settings = settings(room);
        assertThat(settings.hosts()).containsExactly(host);
        assertThat(settings.title()).isEqualTo(RoomTitle.of("Film bnight"));
        RoomPassword password = settings.password().orElseThrow();
        assertThat(password.hash()).doesNotContain("secret");
        assertThat(rooms.passwords()
                        .isRight(password, "secret")
                        .toCompletableFuture()
                        .get())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null,\"title\":null,\"password\":null}", "{\"title\":\"\",\"more\":[1]}"})
    void roomWithoutWishesHasANameThatNobodyGuesses(String body) throws Exception {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            JsonNode created = json(create(body));
            String name = created.path("room").textValue();
            assertThat(name).matches("[a-km-np-z2-9]{4}(-[a-km-np-z2-9]{4}){3}");
            assertThat(created.path("path").textValue()).isEqualTo("/r/" + name);
            assertThat(settings(new RoomId(name)).password()).isEmpty();
            names.add(name);
        }
        assertThat(names).hasSize(20);
    }

    @Test
    void nameOfAnotherScriptIsEncodedInThePath() throws Exception {
        JsonNode created = json(create("{\"name\":\"\u041a\u0438\u043d\u043e\"}"));

        assertThat(created.path("room").textValue()).isEqualTo("кино");
        assertThat(created.path("path").textValue()).isEqualTo("/r/%D0%BA%D0%B8%D0%BD%D0%BE");
        assertThat(settings(new RoomId("кино")).isOwned()).isTrue();
    }

    @Test
    void nameIsTakenOnce() throws Exception {
        assertThat(create("{\"name\":\"film\"}").status()).isEqualTo(201);
        RoomSettings first = settings(new RoomId("film"));

        assertRefused(create("{\"name\":\"FILM\",\"password\":\"mine\"}"), 409, "ROOM_TAKEN");
        assertRefused(create("{\"name\":\"\uff26ilm\"}"), 409, "ROOM_TAKEN");
        assertRefused(create("{\"name\":\"default\"}"), 409, "ROOM_TAKEN");
        assertThat(settings(new RoomId("film"))).isEqualTo(first);
    }

    @Test
    void roomThatSomebodyIsInCannotBeTakenOver() throws Exception {
        RoomId room = new RoomId("film");
        rooms.store()
                .enter(room, new Arrival("AAAAAAAAAAAAAAAAAAAA", 1, false))
                .toCompletableFuture()
                .get();

        assertRefused(create("{\"name\":\"film\"}"), 409, "ROOM_TAKEN");
        assertThat(settings(room).isOwned()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "..",
                "../../etc",
                "a/b/c",
                "%2e%2e",
                "a b c",
                "a_b",
                "abc\\u0000",
                "abc\\u200b",
                "abc\\u202e",
                "abc\\ud800",
                "<b>",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void nameThatNoRoomCanHaveIsRefused(String name) throws Exception {
        Response answer = create("{\"name\":\"" + name + "\"}");

        assertRefused(answer, 400, "INVALID_ROOM");
        assertThat(json(answer).path("error").path("message").textValue())
                .isEqualTo("name: expected 3 .. 40 letters, digits and -");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                         | body",
                "null                       | payload: null (expected: an object)",
                "[]                         | payload: array (expected: an object)",
                "nonsense                   | body: not JSON",
                "{                          | body: not JSON",
                "{} {}                      | body: not JSON",
                "{\"name\":5}               | name: number (expected: a text)",
                "{\"title\":{}}             | title: object (expected: a text)",
                "{\"password\":true}        | password: boolean (expected: a text)",
                "{\"password\":\"\"}        | password: 0 characters (expected: 1 .. 128)",
            })
    void bodyThatIsNoWishIsRefusedInWords(String body, String message) throws Exception {
        Response answer = create(body);

        assertRefused(answer, 400, "INVALID_PAYLOAD");
        assertThat(json(answer).path("error").path("message").textValue())
                .startsWith(message.equals("body") ? "" : message);
    }

    @Test
    void passwordAndTitleAreBounded() throws Exception {
        assertThat(create("{\"password\":\"%s\"}".formatted("p".repeat(128))).status())
                .isEqualTo(201);
        assertRefused(create("{\"password\":\"%s\"}".formatted("p".repeat(129))), 400, "INVALID_PAYLOAD");
        assertRefused(create("{\"title\":\"%s\"}".formatted("t".repeat(1001))), 400, "INVALID_PAYLOAD");
        JsonNode created = json(create("{\"title\":\"%s\"}".formatted("t".repeat(1000))));
        assertThat(settings(new RoomId(created.path("room").textValue()))
                        .title()
                        .value())
                .hasSize(80);
    }

    @Test
    void deepJsonIsRefused() throws Exception {
        assertRefused(create("{\"name\":" + "[".repeat(2000) + "]".repeat(2000) + "}"), 400, "INVALID_PAYLOAD");
    }

    @Test
    void longBodyIsRefusedHoweverItComes() throws Exception {
        String fits = "{\"title\":\"x\"" + " ".repeat(4096 - 13) + "}";
        assertThat(fits).hasSize(4096);
        assertThat(create(fits).status()).isEqualTo(201);
        assertRefused(create(fits + " "), 413, "INVALID_PAYLOAD");
        assertRefused(create("x".repeat(500_000)), 413, "INVALID_PAYLOAD");
        assertThat(create("x".repeat(1_000_001)).status()).isEqualTo(413);
        String chunk = "400\r\n" + " ".repeat(1024) + "\r\n";
        assertRefused(
                send("POST /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(5) + "0\r\n\r\n"),
                413,
                "INVALID_PAYLOAD");
        assertThat(create("{}").status()).as("the connection goes on").isEqualTo(201);
    }

    @Test
    void bodyThatNeverEndsEndsItsConnection() throws Exception {
        startAgain(
                TestingRooms.unlimited(),
                Map.of("watchparty.server.timeouts.request", "200 ms", "watchparty.server.io-threads", 1));

        connection.send("POST /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{");

        assertThat(connection.readToEnd()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n"})
    void onlyJsonIsTaken(String type) throws Exception {
        assertRefused(
                send("POST /api/rooms HTTP/1.1\r\nHost: h\r\n" + type + "Content-Length: 2\r\n\r\n{}"),
                415,
                "INVALID_PAYLOAD");
        assertThat(send("POST /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Type: Application/JSON; charset=utf-8\r\n"
                                + "Content-Length: 2\r\n\r\n{}")
                        .status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void anotherMethodIsToldTheRightOne(String method) throws Exception {
        Response answer = send(method + " /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");

        assertRefused(answer, 405, "INVALID_PAYLOAD");
        assertThat(answer.header("allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void pageOfAnotherOriginCreatesNoRoom() throws Exception {
        startAgain(
                TestingRooms.unlimited(),
                Map.of(
                        "watchparty.server.allowed-origins",
                        "https://friend.example",
                        "watchparty.server.io-threads",
                        1));

        Response foreign = createFrom("Origin: https://evil.example\r\n");
        assertRefused(foreign, 403, "NOT_ALLOWED");
        assertThat(foreign.header("access-control-allow-origin")).isNull();
        assertRefused(createFrom("Origin: null\r\n"), 403, "NOT_ALLOWED");

        Response friend = createFrom("Origin: https://friend.example\r\n");
        assertThat(friend.status()).isEqualTo(201);
        assertThat(friend.header("access-control-allow-origin")).isEqualTo("https://friend.example");
        assertThat(createFrom("Origin: http://h\r\n").status())
                .as("its own page")
                .isEqualTo(201);
    }

    @Test
    void browserLearnsThatAPageMaySendJson() throws Exception {
        Response answer = send(String.join(
                "\r\n",
                "OPTIONS /api/rooms HTTP/1.1",
                "Host: h",
                "Origin: https://friend.example",
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type",
                "\r\n"));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://friend.example");
        assertThat(answer.header("access-control-allow-methods")).contains("POST");
        assertThat(answer.header("access-control-allow-headers")).isEqualTo("content-type");
    }

    @Test
    void floodOfOneAddressLeavesRoomsForOthers() throws Exception {
        startAgain(TestingRooms.of(20), BEHIND_A_PROXY);

        int created = 0;
        for (int i = 0; i < 10_000; i++) {
            Response answer = create(i % 2 == 0 ? "{}" : "{\"name\":\"flood-%d\"}".formatted(i), ALICE);
            if (answer.status() == 201) {
                created++;
            } else {
                assertRefused(answer, 429, "RATE_LIMITED");
                assertThat(answer.header("retry-after")).isEqualTo("11");
            }
        }

        assertThat(created).isEqualTo(10);
        assertThat(create("{\"name\":\"bobs\"}", BOB).status()).isEqualTo(201);
        assertThat(settings(new RoomId("bobs")).isOwned()).isTrue();
        rooms.pass(Duration.ofSeconds(10));
        assertThat(create("{}", ALICE).status()).isEqualTo(201);
        assertThat(create("{}", ALICE).status()).isEqualTo(429);
    }

    @Test
    void networkOfAnIpv6ClientIsOneAddress() throws Exception {
        startAgain(TestingRooms.of(100), BEHIND_A_PROXY);

        for (int i = 0; i < 10; i++) {
            assertThat(create("{}", "2001:db8::" + i).status()).isEqualTo(201);
        }
        assertThat(create("{}", "2001:db8::ffff").status()).isEqualTo(429);
        assertThat(create("{}", "2001:db8:0:1::1").status()).isEqualTo(201);
    }

    @Test
    void fullServerCreatesNoRoomAndDropsNone() throws Exception {
        startAgain(TestingRooms.of(4), BEHIND_A_PROXY); // of which one is the default room
        for (String name : new String[] {"one", "two", "three"}) {
            assertThat(create("{\"name\":\"%s\"}".formatted(name), ALICE).status())
                    .isEqualTo(201);
        }

        assertRefused(create("{\"name\":\"four\"}", BOB), 503, "UNAVAILABLE");

        for (String name : new String[] {"one", "two", "three"}) {
            assertThat(settings(new RoomId(name)).isOwned()).isTrue();
        }
        assertThat(settings(new RoomId("four")).isOwned()).isFalse();
    }

    @Test
    void emptyRoomThatNobodyOwnsMakesPlace() throws Exception {
        startAgain(TestingRooms.of(2), BEHIND_A_PROXY);
        RoomId nobodys = new RoomId("nobodys");
        Arrival arrival = new Arrival("AAAAAAAAAAAAAAAAAAAA", 1, false);
        var visitor =
                rooms.store().enter(nobodys, arrival).toCompletableFuture().get();
        assertRefused(create("{}", ALICE), 503, "UNAVAILABLE");

        rooms.store().leave(nobodys, visitor).toCompletableFuture().get();

        assertThat(create("{}", ALICE).status()).isEqualTo(201);
    }

    @Test
    void serverSaysWhetherItHasARoomForEverybody() throws Exception {
        assertThat(send("GET /api/server HTTP/1.1\r\nHost: h\r\n\r\n").content())
                .isEqualTo("{\"defaultRoom\":true}");

        startAgain(TestingRooms.closed(), BEHIND_A_PROXY);

        Response closed = send("GET /api/server HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(closed.content()).isEqualTo("{\"defaultRoom\":false}");
        assertThat(closed.header("cache-control")).isEqualTo("no-store");
        Response post = send("POST /api/server HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    private static void assertRefused(Response answer, int status, String code) throws IOException {
        assertThat(answer.status()).as(answer.content()).isEqualTo(status);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        JsonNode error = json(answer).path("error");
        assertThat(error.path("code").textValue()).isEqualTo(code);
        assertThat(error.path("message").textValue()).isNotEmpty();
    }

    private RoomSettings settings(RoomId room) throws Exception {
        return rooms.store().settings(room).toCompletableFuture().get();
    }

    private Response create(String body) throws IOException {
        return create(body, ALICE);
    }

    private Response create(String body, String client) throws IOException {
        return create(body, "X-Forwarded-For: " + client + "\r\n", connection);
    }

    private Response createFrom(String header) throws IOException {
        return create("{}", header, connection);
    }

    private static Response create(String body, String header, TestingHttpConnection connection) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return connection
                .send("POST /api/rooms HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n" + header
                        + "Content-Length: " + bytes.length + "\r\n\r\n"
                        + new String(bytes, StandardCharsets.ISO_8859_1))
                .readResponse();
    }

    private Response send(String request) throws IOException {
        return connection.send(request).readResponse();
    }

    private static JsonNode json(Response answer) throws IOException {
        return WireJson.newMapper().readTree(answer.content());
    }
}
