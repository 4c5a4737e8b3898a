package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingOriginalPage.PAUSED;
import static dev.watchparty.it.testing.TestingOriginalPage.PLAYING;
import static dev.watchparty.it.testing.TestingOriginalPage.awaitTogether;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.server.testing.TestingNetwork;
import dev.watchparty.server.testing.TestingRedis;
import dev.watchparty.server.testing.TestingSentinel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People at two servers when one of these cannot reach Redis, or another Redis becomes the master. */
@ResourceLock("players")
class RedisOutageTest {
    private static final List<String> JVM = List.of("-Xmx256m");
    private static final String SECRET = "a secret that is at least 32 characters long";
    /** After this time the others are told that the people of a silent node have left: lease and grace, s. */
    private static final int TOLD_AFTER = 25;

    @RegisterExtension
    final TestingParty near = new TestingParty();

    @RegisterExtension
    final TestingParty far = new TestingParty();

    private static TestingServerProcess started(Map<String, ?> redis) {
        return TestingServerProcess.start(JVM, settings(redis));
    }

    private static Map<String, Object> settings(Map<String, ?> redis) {
        Map<String, Object> settings = new HashMap<>(redis);
        settings.put("watchparty.store", "redis");
        settings.put("watchparty.fixes.stale-join-window", "1 ms"); // those who have just joined are obeyed
        return settings;
    }

    private static void awaitReady(TestingParty party) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> TestingRawClient.get(party.server(), "/readyz").status() == 200);
    }

    /** The numbers of what a client received, in its order. */
    private static List<Long> numbers(TestingSocketClient client) {
        return client.received().stream()
                .map(ReceivedEvent::payload)
                .filter(payload -> payload.path("seq").isNumber())
                .map(payload -> payload.path("seq").longValue())
                .toList();
    }

    @ParameterizedTest(name = "{0} s")
    @ValueSource(ints = {5, 60})
    void blackHoleIsToldInWordsAndForgottenAfterIt(int seconds) {
        try (TestingRedis redis = TestingRedis.start();
                TestingNetwork network = TestingNetwork.to(redis)) {
            near.use(started(Map.of("watchparty.redis.uri", redis.uri())));
            far.use(started(Map.of("watchparty.redis.uri", redis.uriThrough(network))));
            awaitReady(near);
            awaitReady(far);
            TestingSocketClient ann = near.join(ClientKind.JS_WEBSOCKET, "Ann");
            TestingSocketClient ben = far.join(ClientKind.JS_WEBSOCKET, "Ben");
            ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
            ann.emit("session:play", Map.of("time", 0));
            ben.await("session:play");
            network.silence();
            ben.forget();

            JsonNode answer = ben.ask("session:pause", Map.of("time", 1));
            assertThat(answer.path(0).path("error").path("code").textValue()).isEqualTo("UNAVAILABLE");
            ben.await("session:play"); // corrects the player, which has paused already
            ben.emit("session:pause", Map.of("time", 1));
            assertThat(ben.await("session:error").path("message").textValue()).isEqualTo("Redis cannot be reached");
            RawResponse readiness = TestingRawClient.get(far.server(), "/readyz");
            assertThat(readiness.status()).isEqualTo(503);
            assertThat(readiness.body()).contains("Redis cannot be reached");
            TestingSocketClient cid = far.join(ClientKind.JS_UPGRADE, "Cid");
            ann.ask("session:seek", Map.of("time", 100));
            ben.unawaited("session:sync").forEach(old -> ben.await("session:sync"));
            for (int i = 0; i < seconds; i++) {
                ben.await("session:sync"); // one each second
            }
            assertThat(ben.unawaited("session:seek")).isEmpty();

            network.restore();
            if (seconds > TOLD_AFTER) {
                assertThat(ann.await("session:userLeft").path("socketId").textValue())
                        .isEqualTo(ben.id());
                ann.await("session:userJoined", joined -> joined.toString().contains("Ben"));
            }
            assertThat(ben.await("session:seek").path("time").doubleValue()).isBetween(100.0, 200.0);
            ann.await("session:userJoined", joined -> joined.toString().contains("Cid"));
            awaitReady(far);
            cid.ask("session:pause", Map.of("time", 150));
            ann.await("session:pause", pause -> pause.path("time").doubleValue() == 150);
            ben.await("session:pause", pause -> pause.path("time").doubleValue() == 150);
            assertThat(List.of(ann, ben)).allSatisfy(client -> {
                assertThat(numbers(client)).isSorted();
                assertThat(client.unawaited("session:userLeft")).isEmpty();
                assertThat(client.unawaited(ReceivedEvent.DISCONNECTED)).isEmpty();
            });
        }
    }

    @Test
    void originalPagesFollowAFailoverThatLosesTheLastWrites() {
        try (TestingSentinel sentinels = TestingSentinel.start()) {
            Map<String, String> settings = Map.of(
                    "watchparty.redis.sentinel.nodes",
                    sentinels.sentinels().stream()
                            .map(sentinel -> "127.0.0.1:" + sentinel.port())
                            .collect(Collectors.joining(",")),
                    "watchparty.redis.sentinel.master",
                    TestingSentinel.MASTER);
            near.use(started(settings));
            far.use(started(settings));
            awaitReady(near);
            awaitReady(far);
            TestingOriginalPage ann = near.joinOriginalPage("Ann");
            TestingOriginalPage ben = far.joinOriginalPage("Ben");
            TestingSocketClient cid = near.join(ClientKind.JS_WEBSOCKET, "Cid");
            TestingSocketClient dan = far.join(ClientKind.JS_WEBSOCKET, "Dan");
            List<TestingOriginalPage> pages = List.of(ann, ben);
            ann.setVideo(VIDEO);
            pages.forEach(page ->
                    page.await("has a player", look -> look.path("playerReady").booleanValue()));
            ann.play();
            awaitTogether(pages);

            sentinels.killMasterLosing(() -> {
                assertThat(cid.ask("session:seek", Map.of("time", 100))).isEmpty();
                assertThat(cid.ask("session:seek", Map.of("time", 200))).isEmpty();
            });
            awaitReady(near);
            awaitReady(far);
            pages.forEach(
                    page -> page.await("has sought", look -> look.path("time").doubleValue() >= 200));
            awaitTogether(pages);
            ben.drag(300);
            pages.forEach(
                    page -> page.await("has sought", look -> look.path("time").doubleValue() >= 300));
            ann.pause();
            pages.forEach(page -> page.awaitPlayer(PAUSED));
            ben.play();
            pages.forEach(page -> page.awaitPlayer(PLAYING));
            awaitTogether(pages);
            assertThat(List.of(cid, dan)).allSatisfy(client -> {
                assertThat(numbers(client)).isSorted();
                assertThat(client.unawaited("session:userLeft")).isEmpty();
            });
        }
    }

    @Test
    void serverThatDoesNotNeedRedisAtStartWaitsForIt() {
        try (TestingRedis redis = TestingRedis.start();
                TestingNetwork network = TestingNetwork.to(redis)) {
            network.down();
            TestingServerProcess server = far.use(started(Map.of(
                    "watchparty.redis.uri",
                    redis.uriThrough(network),
                    "watchparty.redis.required-at-start",
                    false,
                    "watchparty.recovery.secret",
                    SECRET)));
            assertThat(TestingRawClient.get(server, "/readyz").status()).isEqualTo(503);
            network.up();

            awaitReady(far);
            far.join(ClientKind.JS_WEBSOCKET, "Ann").settle();
        }
    }

    @Test
    void wrongPasswordEndsTheStartWithoutBeingTold() {
        try (TestingRedis redis = TestingRedis.builder().password("right").start()) {
            TestingServerProcess server = far.use(TestingServerProcess.launch(
                    JVM, settings(Map.of("watchparty.redis.uri", "redis://:mistaken@127.0.0.1:" + redis.port()))));

            assertThat(server.awaitExit(60)).isNotZero();
            assertThat(server.outputWith("cannot be reached: WRONGPASS")).hasSize(1);
            assertThat(server.outputWith("mistaken")).isEmpty();
        }
    }
}
