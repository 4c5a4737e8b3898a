package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static dev.watchparty.it.testing.TestingRawWebSocket.BINARY;
import static dev.watchparty.it.testing.TestingRawWebSocket.PING;
import static dev.watchparty.it.testing.TestingRawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingHostilePackets;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServer;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The others continue as before, no matter what one client sends. Only the sender is notified, or closed. */
class HostileInputTest {
    private static final List<String> COMMANDS =
            List.of("session:join", "session:changeVideo", "session:play", "session:pause", "session:seek");
    private static final List<String> NO_OBJECTS =
            List.of("", ",null", ",5", ",\"text\"", ",true", ",[]", ",[{\"time\":1}]");
    private static final int FUZZ_SOCKETS = 40;
    private static final int FUZZ_PACKETS = 50;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    static List<String> packetsWithoutAnObject() {
        List<String> packets = new ArrayList<>();
        for (String command : COMMANDS) {
            for (String payload : NO_OBJECTS) {
                packets.add("42[\"%s\"%s]".formatted(command, payload));
            }
        }
        return packets;
    }

    @ParameterizedTest
    @MethodSource("packetsWithoutAnObject")
    void payloadThatIsNotAnObjectIsRefusedToItsSenderAlone(String packet) {
        assertRefused(packet, "INVALID_PAYLOAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"videoId\":5}", "{\"videoId\":null}", "{\"videoId\":[\"dQw4w9WgXcQ\"]}"})
    void videoThatIsNotTextIsRefusedToItsSenderAlone(String payload) {
        assertRefused("42[\"session:changeVideo\"," + payload + "]", "INVALID_PAYLOAD");
    }

    @Test
    void textThatNamesNoVideoIsRefusedToItsSenderAlone() {
        assertRefused("42[\"session:changeVideo\",{\"videoId\":\"" + "x".repeat(100_000) + "\"}]", "INVALID_VIDEO");
    }

    private void assertRefused(String packet, String code) {
        TestingSocketClient ann = joinAndPlay(100);
        long seq = party.snapshot().path("seq").longValue();
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.sendText(packet);
            hostile.sendText("42[\"ping\"]");

            String error = hostile.awaitText(text -> text.startsWith("42[\"session:error\""));
            JsonNode payload = Json.parse(error.substring(2)).path(1);
            assertThat(payload.path("event").textValue()).isEqualTo(eventOf(packet));
            assertThat(payload.path("code").textValue()).isEqualTo(code);
            assertThat(payload.path("message").textValue()).isNotBlank().hasSizeLessThan(200);
            hostile.awaitText(text -> text.equals("42[\"pong\"]"));
        }
        assertUndisturbed(ann);
        JsonNode now = party.snapshot();
        assertThat(now.path("seq").longValue()).isEqualTo(seq);
        assertThat(now.path("isPlaying").booleanValue()).isTrue();
        assertThat(now.path("playbackTime").doubleValue()).isBetween(100.0, 200.0);
        assertThat(now.path("users")).hasSize(1);
    }

    private static String eventOf(String packet) {
        return Json.parse(packet.substring(2)).path(0).textValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"12\"",
                "\"\"",
                "\"NaN\"",
                "\"Infinity\"",
                "-1",
                "-0.001",
                "86400.001",
                "1e308",
                "1e400",
                "-1e400",
                "true",
                "[]",
                "[5]",
                "{}",
                "null",
                "99999999999999999999999999999999999999999999",
            })
    void invalidTimeCountsAsMissing(String time) {
        TestingSocketClient ann = joinAndPlay(100);
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.sendText("42[\"session:seek\",{\"time\":" + time + "}]");
            hostile.sendText("42[\"session:pause\",{\"time\":" + time + "}]");

            JsonNode pause = ann.await("session:pause");
            assertThat(pause.path("time").isNumber()).isTrue();
            assertThat(pause.path("time").doubleValue()).isBetween(100.0, 200.0);
        }
        JsonNode now = party.snapshot();
        assertThat(now.path("playbackTime").isNumber()).isTrue();
        assertThat(now.path("playbackTime").doubleValue()).isBetween(100.0, 200.0);
    }

    @ParameterizedTest
    @CsvSource({
        "\\ud83d, Anonymous",
        "A\\ud83dnn, Ann",
        "\\udfac\\ud83d, Anonymous",
        "A\\u0000nn, Ann",
        "\\u202eAnn, Ann",
    })
    void nameOfHalfCharactersIsCleaned(String escaped, String shown) {
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.sendText("42[\"session:join\",{\"username\":\"" + escaped + "\"}]");

            assertThat(hostile.awaitText(text -> text.startsWith("42[\"session:init\"")))
                    .contains("\"username\":\"" + shown + "\"");
        }
    }

    @Test
    void nameOfAMegabyteIsCut() {
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.sendText("42[\"session:join\",{\"username\":\"" + "x".repeat(900_000) + "\"}]");

            assertThat(hostile.awaitText(text -> text.startsWith("42[\"session:init\"")))
                    .contains("\"username\":\"" + "x".repeat(50) + "\"");
        }
    }

    static List<String> strangePackets() {
        return List.of(
                "42[\"no-such-event\",{\"a\":1}]",
                "42[\"__proto__\",{\"__proto__\":{\"time\":5}}]",
                "42[\"session:init\",{}]",
                "42[\"" + "e".repeat(100_000) + "\"]",
                "42[\"session:seek\"," + "[".repeat(10_000) + "]".repeat(10_000) + "]",
                "42[\"session:seek\",{\"time\":" + "9".repeat(100_000) + "}]",
                "42[\"session:seek\",{\"time\":1." + "0".repeat(100_000) + "}]",
                "42[\"session:seek\",{\"time\":1e" + "9".repeat(1000) + "}]",
                "42" + "9".repeat(400) + "[\"ping\"]",
                "42-1[\"ping\"]",
                "43999[1]",
                "45999999999-[\"session:join\",{\"_placeholder\":true,\"num\":0}]",
                "451-[\"session:join\",{\"_placeholder\":true,\"num\":99}]",
                "451-[\"session:join\",{\"_placeholder\":true,\"num\":-1}]",
                "41",
                "42/admin,[\"session:seek\",{\"time\":1}]",
                "40{\"token\":",
                "40{\"room\":5}",
                "40" + "{\"a\":".repeat(1000) + "1" + "}".repeat(1000),
                "44{\"message\":\"hello\"}",
                "2probe",
                "5",
                "1",
                "6",
                "\u0000",
                "x".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("strangePackets")
    void strangePacketDisturbsNobodyElse(String packet) {
        TestingSocketClient ann = joinAndPlay(100);
        long seq = party.snapshot().path("seq").longValue();
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.sendText(packet);
            hostile.sendText("42[\"ping\"]");
            assertUndisturbed(ann);
        }
        TestingPollingSession polling = TestingPollingSession.connect(party.server());
        polling.post(packet);
        assertUndisturbed(ann);
        assertThat(party.snapshot().path("playbackTime").doubleValue()).isBetween(100.0, 200.0);
        assertThat(party.snapshot().path("seq").longValue()).isBetween(seq, seq + 2);
    }

    static List<byte[]> brokenFrames() {
        byte[] ping = "42[\"ping\"]".getBytes(UTF_8);
        return List.of(
                TestingRawWebSocket.frame(0xC0 | TEXT, ping),
                TestingRawWebSocket.frame(0x80 | 0x3, ping),
                TestingRawWebSocket.frame(0x80, ping),
                TestingRawWebSocket.frame(PING, ping),
                TestingRawWebSocket.frame(0x80 | PING, new byte[126]),
                TestingRawWebSocket.frame(0x80 | TEXT, new byte[] {(byte) 0xC3, (byte) 0x28}),
                TestingRawWebSocket.frame(0x80 | BINARY, new byte[0]),
                TestingRawWebSocket.frame(0x80 | BINARY, new byte[] {4, 2, 0}),
                new byte[] {(byte) 0x81, 4, '4', '2', '[', ']'},
                new byte[] {(byte) 0x81, (byte) 0xFF, 0x7F, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4},
                new byte[] {(byte) 0x81, (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4},
                TestingRawWebSocket.frame(0x80 | TEXT, new byte[1_000_001]));
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void brokenFrameClosesThatSocketAlone(byte[] frame) {
        TestingSocketClient ann = joinAndPlay(100);
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.send(frame);
            hostile.awaitClosed();
        }
        assertUndisturbed(ann);
    }

    @Test
    void fragmentsThatPassTheMaximumCloseThatSocketAlone() {
        TestingSocketClient ann = joinAndPlay(100);
        try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
            hostile.send(TestingRawWebSocket.frame(TEXT, "42[\"".getBytes(UTF_8)));
            for (int part = 0; part < 11; part++) {
                hostile.send(TestingRawWebSocket.frame(0, "x".repeat(100_000).getBytes(UTF_8)));
            }
            hostile.awaitClosed();
        }
        assertUndisturbed(ann);
    }

    @Test
    void messageInFragmentsIsAccepted() {
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.send(TestingRawWebSocket.frame(TEXT, "42[\"pi".getBytes(UTF_8)));
            socket.send(TestingRawWebSocket.frame(0x80, "ng\"]".getBytes(UTF_8)));

            socket.awaitText(text -> text.equals("42[\"pong\"]"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "NONSENSE / HTTP/9.9\r\n\r\n",
                "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
                "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            })
    void noiseInPlaceOfHttpDisturbsNobodyElse(String noise) {
        TestingSocketClient ann = joinAndPlay(100);
        try (TestingRawClient hostile = new TestingRawClient(party.server())) {
            hostile.send(noise.getBytes(ISO_8859_1));
            assertUndisturbed(ann);
        }
        assertUndisturbed(ann);
    }

    @Test
    void requestsWithEndlessHeadersAndPathsAreRefused() {
        TestingSocketClient ann = joinAndPlay(100);

        RawResponse header =
                TestingRawClient.exchange(party.server(), "GET", "/", Map.of("X-Long", "x".repeat(100_000)), "");
        RawResponse path = TestingRawClient.get(party.server(), "/" + "x".repeat(100_000));

        assertThat(header.status()).isIn(400, 413, 431);
        assertThat(path.status()).isIn(400, 413, 414, 431);
        assertUndisturbed(ann);
    }

    @Test
    void requestThatNeverEndsIsCut() {
        party.start(Map.of("watchparty.server.timeouts.request", "300 ms"));
        try (TestingRawClient hostile = new TestingRawClient(party.server())) {
            hostile.send("GET / HTTP/1.1\r\nX-Slow: ".getBytes(UTF_8));

            hostile.awaitClosed();
        }
    }

    @Test
    void connectionThatSaysNothingIsCut() {
        party.start(
                Map.of("watchparty.server.timeouts.idle", "300 ms", "watchparty.server.timeouts.request", "300 ms"));
        try (TestingRawClient hostile = new TestingRawClient(party.server())) {
            hostile.awaitClosed();
        }
    }

    @Test
    void sessionThatEntersNoNamespaceIsClosed() {
        party.start(Map.of("watchparty.server.timeouts.connect", "300 ms"));
        TestingPollingSession polling = TestingPollingSession.open(party.server());
        try (TestingRawWebSocket webSocket = TestingRawWebSocket.open(party.server())) {
            webSocket.awaitClosed();
        }
        Awaitility.await("the session is gone").until(() -> polling.post("2").status() == 400);
    }

    @Test
    void preflightsAndRefusedRequestsOpenNoSession() {
        TestingServer server = party.start(Map.of());
        TestingSocketClient ann = party.join(ClientKind.JAVA_WEBSOCKET, "Ann");
        String target = "/socket.io/?EIO=4&transport=polling";

        for (String method : List.of("OPTIONS", "POST", "PUT", "DELETE")) {
            TestingRawClient.exchange(server, method, target, Map.of("Origin", "http://x"), "");
        }

        ann.settle();
        assertThat(server.sessions()).isEqualTo(1);
    }

    @Test
    void publicIdGrantsNothing() {
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        String target = "/socket.io/?EIO=4&transport=polling&sid=" + ann.id();

        assertThat(TestingRawClient.get(party.server(), target).status()).isEqualTo(400);
        assertThat(TestingRawClient.exchange(party.server(), "POST", target, Map.of(), "41")
                        .status())
                .isEqualTo(400);
        try (TestingRawWebSocket hostile = TestingRawWebSocket.open(
                party.server(), "/socket.io/?EIO=4&transport=websocket&sid=" + ann.id(), Map.of())) {
            assertThat(hostile.handshake().status()).isEqualTo(400);
        }
        assertUndisturbed(ann);
    }

    @Test
    void clientCannotChooseItsSessionId() {
        Map<String, String> wish = Map.of("io", "AAAAAAAAAAAAAAAAAAAA", "Cookie", "io=AAAAAAAAAAAAAAAAAAAA");

        RawResponse opening =
                TestingRawClient.exchange(party.server(), "GET", "/socket.io/?EIO=4&transport=polling", wish, "");

        assertThat(opening.body()).startsWith("0{").doesNotContain("AAAAAAAAAAAAAAAAAAAA");
    }

    @Test
    void eventsBeforeEnteringTheNamespaceAreNotHandled() {
        TestingSocketClient ann = joinAndPlay(100);
        try (TestingRawWebSocket hostile = TestingRawWebSocket.open(party.server())) {
            hostile.sendText("42[\"session:pause\",{\"time\":1}]");
            hostile.awaitClosed();
        }
        assertUndisturbed(ann);
        assertThat(ann.unawaited("session:pause")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void seededNoiseDisturbsNobodyElse(long seed) {
        TestingSocketClient ann = joinAndPlay(100);
        TestingHostilePackets packets = new TestingHostilePackets(new Random(seed));
        for (int socket = 0; socket < FUZZ_SOCKETS; socket++) {
            try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(party.server())) {
                for (int packet = 0; packet < FUZZ_PACKETS; packet++) {
                    hostile.send(packets.nextFrame());
                }
            }
            TestingPollingSession.connect(party.server()).post(packets.nextText());
        }
        assertUndisturbed(ann);
        assertThat(party.snapshot().path("playbackTime").isNumber()).isTrue();
    }

    private TestingSocketClient joinAndPlay(double time) {
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", time));
        ann.await("session:play");
        return ann;
    }

    /** The client is still connected, is answered, and has received no error. */
    private static void assertUndisturbed(TestingSocketClient client) {
        client.settle();
        assertThat(client.unawaited("session:error")).isEmpty();
        assertThat(client.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
    }
}
