package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.socketio.EventLimiter.EventVerdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that come before the limits allow them, and listeners that run the last of them later. */
final class EarlyEventsTest {
    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start();
        server.namespace().addEventListener("patient", JsonNode.class, (client, data, ack) -> {
            if (SocketHandle.of(client).isEarly()) {
                SocketHandle.of(client).whenAllowed("patient", () -> client.sendEvent("later", data));
            } else {
                SocketHandle.of(client).giveUp();
                client.sendEvent("now", data);
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void earlyEventRunsWhenItsAllowanceIsThere() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);
        server.limiter.untilAllowed.addAll(List.of(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ZERO));

        sendEarly(client, 1);

        assertThat(client.next()).isEqualTo("42[\"later\",1]");
        assertThat(server.limiter.untilAllowed).isEmpty();
    }

    @Test
    void laterEarlyEventReplacesTheOneBefore() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);
        server.limiter.untilAllowed.addAll(List.of(Duration.ofMinutes(10), Duration.ofMillis(20), Duration.ZERO));

        sendEarly(client, 1);
        sendEarly(client, 2);

        assertThat(client.next()).isEqualTo("42[\"later\",2]");
        client.send("42[\"echo\",3]");
        assertThat(client.next()).isEqualTo("42[\"echo\",3]");
    }

    @Test
    void eventInTimeMayCancelAnEarlyOne() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);
        server.limiter.untilAllowed.addAll(List.of(Duration.ofSeconds(2), Duration.ZERO));
        sendEarly(client, 1);
        server.limiter.onEvent = EventVerdict.PASS;

        client.send("42[\"patient\",2]");

        assertThat(client.next()).isEqualTo("42[\"now\",2]");
        await("the first is not asked for again")
                .during(Duration.ofMillis(2500))
                .until(() -> server.limiter.asks.get() == 1);
    }

    private void sendEarly(TestingWebSocket client, int number) throws Exception {
        server.limiter.onEvent = EventVerdict.EARLY;
        int asked = server.limiter.asks.get();
        client.send("42[\"patient\",%d]".formatted(number));
        await().until(() -> server.limiter.asks.get() > asked);
    }
}
