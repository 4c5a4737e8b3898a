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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many sockets that together make the server keep far more than its memory holds. */
class ReadersThatNeverReadTest {
    private static final int SOCKETS = 400;
    private static final int NAMES_A_SECOND = 4000;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void leaveTheServerAsItWas() {
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of("-XX:+UseSerialGC", "-Xmx160m", "-XX:MaxDirectMemorySize=32m"),
                Map.of(ServerKeys.RECOVERY_GRACE, "0 s")));
        TestingBystander bystander = TestingBystander.join(party);

        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        try (TestingFlood flood = new TestingFlood(address, SOCKETS, "flood", NAMES_A_SECOND)) {
            await("the longest queues are closed")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !server.outputWith("max-queued-bytes-total").isEmpty());
            await("they are closed for the flood too").until(() -> flood.open() < SOCKETS);
        }

        server.awaitSessions(3);
        bystander.settle();
        TestingRawWebSocket.connect(server).close();
        assertThat(server.outputWith("OutOfMemoryError")).isEmpty();
        assertThat(server.outputWith(" ERROR ")).isEmpty();
    }
}
