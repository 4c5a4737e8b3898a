package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingSocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that sends faster than people do is slowed down, notified, and finally closed; others are not affected. */
class RateLimitTest {
    private static final int FLOOD = 60;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @CsvSource({"true, 5", "false, 30"})
    void limitsOfConnectionsAreSwitchedOffWithTheOthers(boolean limited, int admitted) {
        party.start(Map.of(ServerKeys.LIMITS, limited, "watchparty.server.limits.max-connections-per-address", 5));
        List<TestingRawWebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < admitted; i++) {
            sockets.add(TestingRawWebSocket.connect(party.server()));
        }

        if (limited) {
            assertThatThrownBy(() -> TestingRawWebSocket.connect(party.server()));
        }
        sockets.forEach(TestingRawWebSocket::close);
    }

    @ParameterizedTest(name = "{0}: {1} a second, {2} at once")
    @CsvSource({
        "session:seek, 3, 3",
        "session:play, 5, 5",
        "session:pause, 5, 5",
        "session:changeVideo, 1, 3",
        "session:join, 1, 5",
        "ping, 20, 19", // The packet that enters the namespace is one of the 20.
    })
    void floodIsReducedToTheLimit(String event, int perSecond, int burst) {
        party.start(limited(Map.of("watchparty.fixes.suppress-echoes", false)));
        TestingSocketClient flooder = party.connect(ClientKind.JS_WEBSOCKET, "flooder");
        flooder.await("session:init");
        long before = System.nanoTime();

        for (int i = 1; i <= FLOOD; i++) {
            flooder.emit(event, Map.of("time", i * 60, "username", "Name " + i, "videoId", VIDEO));
        }

        JsonNode error = flooder.await("session:error");
        assertThat(error.path("event").textValue()).isEqualTo(event.equals("ping") ? "other" : event);
        assertThat(error.path("code").textValue()).isEqualTo("RATE_LIMITED");
        assertThat(error.path("message").textValue()).isNotBlank();
        int answered = awaitQuiet(flooder, answerTo(event));
        double seconds = (System.nanoTime() - before) / 1e9;
        assertThat(answered).isBetween(burst, (int) Math.ceil(burst + 1 + seconds * perSecond));
        assertThat(flooder.unawaited("session:error")).hasSizeLessThanOrEqualTo((int) Math.ceil(seconds));
    }

    private static String answerTo(String event) {
        return switch (event) {
            case "ping" -> "pong";
            case "session:join" -> "session:init";
            case "session:changeVideo" -> "session:videoChange";
            default -> event;
        };
    }

    /** Waits until no more events of that name arrive, and counts them. */
    private static int awaitQuiet(TestingSocketClient client, String event) {
        return Awaitility.await("no more " + event)
                .until(() -> client.unawaited(event).size(), new StableCount());
    }

    /** Accepts a number that was the same in five consecutive looks. */
    private static final class StableCount implements Predicate<Integer> {
        private int last = -1;
        private int looks;

        @Override
        public boolean test(Integer count) {
            looks = count == last ? looks + 1 : 0;
            last = count;
            return looks >= 5;
        }
    }

    @Test
    void lastSeekBeyondTheLimitCountsAndEarlierOnesAreDropped() {
        party.start(limited(Map.of("watchparty.limits.seek.per-second", 1)));
        TestingSocketClient bob = party.join(ClientKind.JS_WEBSOCKET, "Bob");
        TestingSocketClient ann = party.join(ClientKind.JS_UPGRADE, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        for (int i = 1; i <= 6; i++) {
            ann.emit("session:seek", Map.of("time", i * 100));
        }

        for (TestingSocketClient client : List.of(ann, bob)) {
            for (int time : List.of(100, 200, 300, 600)) {
                assertThat(client.await("session:seek").path("time").intValue()).isEqualTo(time);
            }
        }
        assertThat(ann.await("session:error").path("code").textValue()).isEqualTo("RATE_LIMITED");
        assertThat(party.snapshot().path("playbackTime").intValue()).isEqualTo(600);
        assertNoMore("session:seek", ann, bob);
    }

    @Test
    void roomEndsInTheStateThatABurstEndsWith() {
        party.start(limited(Map.of("watchparty.fixes.stale-join-window", "1 ms")));
        TestingSocketClient bob = party.join(ClientKind.JS_WEBSOCKET, "Bob");
        TestingSocketClient ann = party.join(ClientKind.JS_UPGRADE, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        for (int i = 1; i <= 8; i++) {
            ann.emit(i % 2 == 1 ? "session:play" : "session:pause", Map.of("time", i * 100));
        }

        for (TestingSocketClient client : List.of(ann, bob)) {
            client.await("session:pause", pause -> pause.path("time").intValue() == 800);
            client.forget();
            assertNoMore("session:play", client);
        }
        JsonNode room = party.snapshot();
        assertThat(room.path("isPlaying").booleanValue()).isFalse();
        assertThat(room.path("playbackTime").intValue()).isEqualTo(800);
    }

    @Test
    void pauseAndSeekThatBothCameTooEarlyBothCount() {
        party.start(limited(slow("play-pause"), slow("seek")));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        ann.emit("session:play", Map.of("time", 0));
        ann.emit("session:seek", Map.of("time", 100));
        ann.emit("session:pause", Map.of("time", 110));
        ann.emit("session:seek", Map.of("time", 200));

        assertThat(ann.await("session:pause").path("time").intValue()).isEqualTo(200);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isFalse();
    }

    @Test
    void pauseThatCameTooEarlyStillCountsAfterASeekInTime() {
        party.start(limited(slow("play-pause")));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        ann.emit("session:play", Map.of("time", 0));
        ann.emit("session:pause", Map.of("time", 110));
        ann.emit("session:seek", Map.of("time", 200));

        assertThat(ann.await("session:seek").path("time").intValue()).isEqualTo(200);
        assertThat(ann.await("session:pause").path("time").doubleValue()).isBetween(200.0, 215.0);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isFalse();
    }

    @Test
    void commandInTimeReplacesASeekThatCameTooEarly() {
        party.start(limited(slow("seek")));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        ann.emit("session:seek", Map.of("time", 100));
        ann.emit("session:seek", Map.of("time", 200));
        ann.emit("session:play", Map.of("time", 300));

        assertThat(ann.await("session:seek").path("time").intValue()).isEqualTo(100);
        ann.await("session:play", play -> play.path("time").intValue() == 300);
        assertNoMore("session:seek", ann);
    }

    @Test
    void commandOfAClientThatHasLeftIsNotAppliedLater() {
        party.start(limited(slow("seek")));
        TestingSocketClient bob = party.join(ClientKind.JS_WEBSOCKET, "Bob");
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        ann.emit("session:seek", Map.of("time", 100));
        ann.emit("session:seek", Map.of("time", 200));

        ann.disconnect(); // after them: within the second that the later one waits

        bob.await("session:userLeft");
        assertThat(bob.await("session:seek").path("time").intValue()).isEqualTo(100);
        assertNoMore("session:seek", bob);
    }

    /** One per second, so a command that comes too early is applied within a second. */
    private static Map<String, Object> slow(String limit) {
        return Map.of(
                "watchparty.limits.%s.per-second".formatted(limit), 1,
                "watchparty.limits.%s.burst".formatted(limit), 1);
    }

    /** Waits for longer than any postponed command waits. */
    private static void assertNoMore(String event, TestingSocketClient... clients) {
        for (TestingSocketClient client : clients) {
            Awaitility.await("%s receives no more %s".formatted(client, event))
                    .during(Duration.ofMillis(1500))
                    .until(() -> client.unawaited(event).isEmpty());
        }
    }

    @Test
    void limitsCanBeSwitchedOff() {
        party.start(Map.of(ServerKeys.LIMITS, false));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");

        for (int i = 1; i <= FLOOD; i++) {
            ann.emit("session:seek", Map.of("time", i));
        }

        for (int i = 1; i <= FLOOD; i++) {
            double expected = i;
            ann.await("session:seek", seek -> seek.path("time").doubleValue() == expected);
        }
        assertThat(ann.unawaited("session:error")).isEmpty();
    }

    @Test
    void othersAreNotSlowedDownByAFlooder() {
        party.start(limited(Map.of()));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient flooder = party.connect(ClientKind.JS_WEBSOCKET, "flooder");
        for (int i = 0; i < FLOOD; i++) {
            flooder.emit("ping");
        }
        flooder.await("session:error");

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 5));

        ann.await("session:play");
        assertThat(ann.unawaited("session:error")).isEmpty();
    }

    @Test
    void personAtOrdinarySpeedReachesNoLimit() {
        party.start(limited(Map.of()));
        TestingSocketClient ann = party.join(ClientKind.JS_UPGRADE, "Ann");

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 0));
        ann.emit("session:pause", Map.of("time", 30));
        ann.emit("session:seek", Map.of("time", 60));
        ann.emit("session:play", Map.of("time", 60));

        ann.await("session:play", play -> play.path("time").doubleValue() >= 60);
        assertThat(ann.unawaited("session:error")).isEmpty();
    }

    @Test
    void clientThatIgnoresTheLimitIsClosedOverWebSocket() {
        party.start(limited(Map.of("watchparty.limits.abuse.per-second", 1, "watchparty.limits.abuse.burst", 20)));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        try (TestingRawWebSocket flooder = TestingRawWebSocket.connect(party.server())) {
            for (int i = 0; i < 200; i++) {
                flooder.sendText("42[\"session:seek\",{\"time\":" + i + "}]");
            }
            flooder.awaitClosed();
        }
        ann.settle();
    }

    @Test
    void clientThatIgnoresTheLimitIsClosedOverPolling() {
        party.start(limited(Map.of("watchparty.limits.abuse.per-second", 1, "watchparty.limits.abuse.burst", 20)));
        TestingPollingSession flooder = TestingPollingSession.connect(party.server());
        String seek = "42[\"session:seek\",{\"time\":5}]";

        flooder.post(String.join("\u001e", Collections.nCopies(200, seek)));

        flooder.awaitClosed();
    }

    @Test
    void packetsThatAreNotEventsAreLimitedToo() {
        party.start(limited(Map.of("watchparty.limits.abuse.per-second", 1, "watchparty.limits.abuse.burst", 20)));
        try (TestingRawWebSocket flooder = TestingRawWebSocket.connect(party.server())) {
            for (int i = 0; i < 500; i++) {
                flooder.sendText("40/admin,");
            }
            flooder.awaitClosed();
        }
    }

    @Test
    void oneAddressMayOpenOnlySoManySockets() {
        party.start(limited(Map.of("watchparty.limits.sockets-per-address", 3)));
        TestingSocketClient first = party.connect(ClientKind.JS_WEBSOCKET, "first");
        TestingPollingSession.connect(party.server());
        TestingRawWebSocket third = TestingRawWebSocket.connect(party.server());

        RawResponse fourth = TestingRawClient.get(party.server(), "/socket.io/?EIO=4&transport=polling");

        assertThat(fourth.status()).isIn(429, 503);
        first.settle();
        third.close();
        Awaitility.await("a place is free again")
                .until(() -> TestingRawClient.get(party.server(), "/socket.io/?EIO=4&transport=polling")
                                .status()
                        == 200);
    }

    @Test
    void oneAddressMayConnectOnlySoFast() {
        party.start(limited(
                Map.of("watchparty.limits.connections.per-second", 1, "watchparty.limits.connections.burst", 5)));
        List<Integer> statuses = new ArrayList<>();

        for (int i = 0; i < 30; i++) {
            statuses.add(TestingRawClient.get(party.server(), "/socket.io/?EIO=4&transport=polling")
                    .status());
        }

        assertThat(statuses.subList(0, 5)).containsOnly(200);
        assertThat(statuses).containsAnyOf(429, 503);
        Awaitility.await("connections are accepted again")
                .until(() -> TestingRawClient.get(party.server(), "/socket.io/?EIO=4&transport=polling")
                                .status()
                        == 200);
    }

    @SafeVarargs
    private static Map<String, Object> limited(Map<String, ?>... more) {
        Map<String, Object> keys = new HashMap<>();
        for (Map<String, ?> some : more) {
            keys.putAll(some);
        }
        keys.put(ServerKeys.LIMITS, true);
        return keys;
    }
}
