package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.CreatedRoom;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingSocketClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes count together what an address does, if the settings say so. */
class SharedLimitsTest {
    private static final int BURST = 60;
    private static final int GUESSES = 10; // at once, and in a minute
    private static final Map<String, ?> CONNECTIONS =
            Map.of("watchparty.limits.connections.per-second", 1, "watchparty.limits.connections.burst", BURST);
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    private void start(Map<String, ?> rates) {
        Map<String, Object> settings = new HashMap<>(rates);
        settings.put(ServerKeys.LIMITS, true);
        settings.put("watchparty.limits.shared", true);
        cluster.start(2, settings);
    }

    @Test
    void addressIsLimitedOnAllNodesTogether() {
        start(Map.of(
                "watchparty.limits.per-address-factor", 1,
                "watchparty.limits.change-video.per-second", 1,
                "watchparty.limits.change-video.burst", BURST));
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient bob = cluster.join(1, ClientKind.JAVA_WEBSOCKET, "Bob");

        for (int i = 0; i < BURST; i++) {
            ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        }
        for (int i = 0; i < BURST; i++) {
            bob.await("session:videoChange");
        }
        assertThat(ann.unawaited("session:error")).isEmpty();

        assertRefusedEarly(BURST, () -> {
            bob.emit("session:changeVideo", Map.of("videoId", VIDEO));
            return !bob.unawaited("session:error").isEmpty();
        });
        assertThat(bob.await("session:error").path("code").textValue()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void connectionsOfAnAddressAreLimitedOnAllNodesTogether() {
        start(CONNECTIONS);

        for (int i = 0; i < BURST; i++) {
            assertThat(handshake(0)).isEqualTo(200);
        }

        assertRefusedEarly(BURST, () -> handshake(1) == 429);
    }

    @Test
    void roomsOfAnAddressAreLimitedOnAllNodesTogether() {
        start(Map.of("watchparty.rooms.creation.per-minute", 1, "watchparty.rooms.creation.burst", BURST));

        for (int i = 0; i < BURST; i++) {
            assertThat(createRoom(0)).isEqualTo(201);
        }

        assertRefusedEarly(BURST, () -> createRoom(1) == 429);
    }

    @Test
    void guessesAtAPasswordAreLimitedOnAllNodesTogether() {
        start(Map.of());
        CreatedRoom room = cluster.createRoom(0, Map.of("password", "open sesame"));

        for (int i = 0; i < GUESSES; i++) {
            assertThat(cluster.refusal(0, room.guestKnowing("sesame"))).isEqualTo("WRONG_PASSWORD");
        }

        assertRefusedEarly(
                GUESSES, () -> cluster.refusal(1, room.guestKnowing("sesame")).equals("RATE_LIMITED"));
        cluster.join(1, ClientKind.JS_WEBSOCKET, "Hanna", room.host());
    }

    private int createRoom(int node) {
        HttpRequest request = HttpRequest.newBuilder(cluster.node(node).uri().resolve("/api/rooms"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .join()
                .statusCode();
    }

    /** A node learns a moment later that the address has had enough, long before its own burst is used up. */
    private static void assertRefusedEarly(int burst, BooleanSupplier isRefused) {
        AtomicInteger tries = new AtomicInteger();
        Awaitility.await("the other node refuses too")
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    tries.incrementAndGet();
                    return isRefused.getAsBoolean();
                });
        assertThat(tries).hasValueLessThan(burst / 2);
    }

    @Test
    void nodesKeepTheirOwnLimitsWhileRedisIsAway() {
        start(CONNECTIONS);
        cluster.redis().stop();

        List<Integer> statuses =
                IntStream.range(0, 8 * BURST).mapToObj(i -> handshake(i % 2)).toList();

        assertThat(statuses.subList(0, 2 * BURST)).as("each node's own burst").containsOnly(200);
        assertThat(statuses).contains(429);
    }

    private int handshake(int node) {
        return TestingRawClient.get(cluster.node(node), HANDSHAKE).status();
    }
}
