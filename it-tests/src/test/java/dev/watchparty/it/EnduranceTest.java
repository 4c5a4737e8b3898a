package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingHostilePackets;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A small server is in its earlier state after a hundred thousand hostile packets. */
class EnduranceTest {
    private static final int PACKETS = 100_000;
    private static final int PACKETS_A_SOCKET = 500;

    /**
     * The difference between two collections that is not a leak, bytes: caches that fill once, code that is loaded
     * late.
     */
    private static final long HEAP_TOLERANCE = 6 * 1024 * 1024;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void aHundredThousandHostilePacketsLeaveNothingBehind() {
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of("-Xmx128m", "-Dio.netty.leakDetection.level=paranoid"),
                Map.of(ServerKeys.RECOVERY_GRACE, "0 s")));
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        TestingHostilePackets packets = new TestingHostilePackets(new Random(7));

        attack(server, packets, PACKETS / 2);
        long halfWay = server.usedHeapAfterCollection();
        attack(server, packets, PACKETS / 2);
        long after = server.usedHeapAfterCollection();

        ann.settle();
        assertThat(ann.unawaited("session:error")).isEmpty();
        ann.emit("session:join", Map.of("username", "Ann"));
        assertThat(ann.await("session:init", init -> init.path("users").size() == 1))
                .isNotNull();
        assertThat(after)
                .as("heap after %d and %d packets, bytes", PACKETS / 2, PACKETS)
                .isLessThan(halfWay + HEAP_TOLERANCE);
        server.terminate();
        assertThat(server.awaitExit(20)).isZero();
        assertThat(server.outputWith("stopping")).singleElement().asString().endsWith("clients=1");
        assertThat(server.outputWith("LEAK")).isEmpty();
        assertThat(server.outputWith(" ERROR ")).isEmpty();
        assertThat(server.outputWith(" WARN ")).isEmpty();
    }

    private static void attack(TestingServerProcess server, TestingHostilePackets packets, int count) {
        for (int sent = 0; sent < count; sent += PACKETS_A_SOCKET) {
            try (TestingRawWebSocket hostile = TestingRawWebSocket.connect(server)) {
                for (int packet = 1; packet < PACKETS_A_SOCKET; packet++) {
                    hostile.sendText(packets.nextWrongPayload());
                }
                hostile.send(packets.nextFrame());
                hostile.sendText("1");
                hostile.awaitClosed();
            }
        }
    }
}
