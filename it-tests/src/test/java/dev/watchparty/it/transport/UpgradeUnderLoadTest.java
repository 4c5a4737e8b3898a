package dev.watchparty.it.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingSocketClient;
import dev.watchparty.it.testing.TestingTransport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client switches to WebSocket while messages stream in both directions: none is lost, doubled or overtaken. */
class UpgradeUnderLoadTest {
    private static final int ROUNDS = 10;
    private static final int AFTER = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PACE_NANOS = 500_000;

    /** The most messages that a client needs if it upgrades fast; a client that is slow sends the rest more slowly. */
    private static final int QUICK = 1000;

    private static final long SLOW_PACE_NANOS = 10_000_000;

    @RegisterExtension
    static final TestingTransport TRANSPORT = TestingTransport.create();

    @ParameterizedTest
    @EnumSource(
            value = ClientKind.class,
            names = {"JAVA_UPGRADE", "JS_UPGRADE", "MSGPACK_UPGRADE"})
    void streamContinuesAcrossTheUpgrade(ClientKind kind) {
        for (int round = 0; round < ROUNDS; round++) {
            TestingSocketClient client = TRANSPORT.open(kind, "/", Map.of());
            int sent = sendUntilUpgraded(client);

            for (int i = 0; i < sent; i++) {
                assertThat(client.await("message-back").intValue()).isEqualTo(i);
                assertThat(client.await("b").intValue()).isZero();
                assertThat(client.await("b").intValue()).isEqualTo(1);
            }
            assertThat(client.ask("message-with-ack", "last").path(0).textValue())
                    .isEqualTo("last");
            assertThat(client.unawaited("message-back")).isEmpty();
            assertThat(client.unawaited("b")).isEmpty();
            client.close();
        }
    }

    /**
     * Sends from before the client is connected until some time after it has upgraded; each message gets three answers.
     */
    private static int sendUntilUpgraded(TestingSocketClient client) {
        int sent = 0;
        int after = 0;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (after < AFTER) {
            client.emit("message", sent);
            client.emit("burst", 2);
            sent++;
            LockSupport.parkNanos(sent < QUICK ? PACE_NANOS : SLOW_PACE_NANOS);
            if (!client.unawaited(ReceivedEvent.UPGRADED).isEmpty()) {
                after++;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(client + " has not upgraded");
            }
        }
        return sent;
    }
}
