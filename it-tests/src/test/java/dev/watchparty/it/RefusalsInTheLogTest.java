package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator of a server finds in its log why clients are refused, and which setting is responsible: once, not for
 * each client.
 */
class RefusalsInTheLogTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private TestingServerProcess server;

    @Test
    void nameTheSettingOrTheVersionThatTheClientNeeds() {
        server = party.use(TestingServerProcess.start(
                List.of(),
                Map.of(
                        "watchparty.server.limits.max-sessions",
                        1,
                        "watchparty.server.limits.max-payload",
                        100,
                        "watchparty.server.limits.max-uri-length",
                        300,
                        "watchparty.server.limits.max-header-bytes",
                        1024)));
        party.connect(ClientKind.JAVA_WEBSOCKET, "the only one");

        for (int i = 0; i < 3; i++) {
            status(400, "/socket.io/?EIO=3&transport=polling", Map.of());
            status(503, HANDSHAKE, Map.of());
            status(414, HANDSHAKE + "&long=" + "x".repeat(400), Map.of());
            status(431, HANDSHAKE, Map.of("X-Long", "x".repeat(2000)));
            try (TestingRawClient client = new TestingRawClient(server)) {
                assertThat(client.request("POST", "/healthz", Map.of(), "x".repeat(200))
                                .status())
                        .isEqualTo(413);
            }
        }

        awaitOneLineWith("Socket.IO 2");
        awaitOneLineWith("server.limits.max-sessions");
        awaitOneLineWith("server.limits.max-uri-length");
        awaitOneLineWith("server.limits.max-header-bytes");
        awaitOneLineWith("server.limits.max-payload");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio"})
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no limit of open files")
    void nameTheLimitOfOpenFiles(String io) {
        server = party.use(TestingServerProcess.startWithOpenFiles(200, List.of(), Map.of("watchparty.server.io", io)));
        List<TestingRawClient> clients = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            clients.add(new TestingRawClient(server));
        }

        awaitOneLineWith("LimitNOFILE");
        assertThat(server.outputWith("tail of the pipeline")).isEmpty();
        clients.forEach(TestingRawClient::close);
        await("connections are accepted again").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            try {
                TestingRawWebSocket.connect(server).close();
            } catch (UncheckedIOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void status(int expected, String target, Map<String, String> headers) {
        try (TestingRawClient client = new TestingRawClient(server)) {
            assertThat(client.request("GET", target, headers, "").status()).isEqualTo(expected);
        }
    }

    private void awaitOneLineWith(String text) {
        await("the line with " + text)
                .untilAsserted(() -> assertThat(server.outputWith(text)).hasSize(1));
    }
}
