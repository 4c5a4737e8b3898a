package dev.watchparty.it.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingBystander;
import dev.watchparty.it.testing.TestingFlood;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many sockets that together make the server keep far more than fits its memory. */
class ReadersThatNeverReadTest {
    private static final int SOCKETS = 400;
    private static final int NAMES_A_SECOND = 4000;
    private static final int MAX_FLOODS = 6;
    private static final Duration FLOOD = Duration.ofSeconds(40);

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    @SuppressWarnings("try") // the flood continues until it is closed
    void leaveTheServerAsItWas() {
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx200m",
                        "-XX:MaxDirectMemorySize=96m",
                        "-Dwatchparty.log.level=WARN"),
                Map.of(ServerKeys.RECOVERY_GRACE, "0 s", "watchparty.server.limits.max-queued-bytes-total", "1 MiB")));
        TestingBystander bystander = TestingBystander.join(party);

        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        // A flood ends by itself if all its sockets are closed one by one: then another one begins.
        for (int floods = 0; floods < MAX_FLOODS && !areQueuesClosed(server); floods++) {
            try (TestingFlood flood = new TestingFlood(address, SOCKETS, "flood", NAMES_A_SECOND)) {
                awaitQuietly(() -> areQueuesClosed(server));
            }
        }
        assertThat(areQueuesClosed(server)).as("%s", server.output()).isTrue();

        server.awaitSessions(3);
        bystander.settle();
        TestingRawWebSocket.connect(server).close();
        assertThat(server.outputWith("OutOfMemoryError")).isEmpty();
        assertThat(server.outputWith(" ERROR ")).isEmpty();
    }

    private static boolean areQueuesClosed(TestingServerProcess server) {
        return !server.outputWith("waits for all together").isEmpty();
    }

    /** Waits for a while, longer on a busy machine, which floods slowly. */
    private static void awaitQuietly(Callable<Boolean> condition) {
        try {
            await().atMost(FLOOD).until(condition);
        } catch (ConditionTimeoutException tooSlow) {
            // The caller looks at the condition again.
        }
    }
}
