package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The start and the end of the packaged server as a process. */
class ShutdownTest {
    private static final long EXIT_SECONDS = 20;

    @TempDir
    private Path directory;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void sigtermTellsTheClientsAndEndsWithZero() {
        TestingServerProcess server = start();
        TestingSocketClient polling = party.join(ClientKind.JS_POLLING, "Polling");
        TestingSocketClient webSocket = party.join(ClientKind.JS_WEBSOCKET, "WebSocket");
        TestingSocketClient upgraded = party.join(ClientKind.JS_UPGRADE, "Upgraded");
        webSocket.emit("session:changeVideo", Map.of("videoId", VIDEO));
        webSocket.emit("session:play", Map.of("time", 0));
        upgraded.await("session:sync");

        server.terminate();

        for (TestingSocketClient client : List.of(polling, webSocket, upgraded)) {
            client.await(ReceivedEvent.DISCONNECTED);
        }
        assertThat(server.awaitExit(EXIT_SECONDS)).isZero();
        assertThat(server.outputWith("Exception")).isEmpty();
    }

    @Test
    void sigtermEndsAServerWithoutClientsToo() {
        TestingServerProcess server = start();

        server.terminate();

        assertThat(server.awaitExit(EXIT_SECONDS)).isZero();
    }

    @Test
    void clientsThatNeitherReadNorAnswerDoNotDelayTheEnd() {
        TestingServerProcess server = start();
        try (TestingRawWebSocket silent = TestingRawWebSocket.connect(server);
                TestingRawClient halfARequest = new TestingRawClient(server)) {
            halfARequest.send("GET /socket.io/?EIO=4".getBytes(UTF_8));
            silent.sendText("42[\"session:join\",{\"username\":\"Silent\"}]");

            server.terminate();

            assertThat(server.awaitExit(EXIT_SECONDS)).isZero();
        }
    }

    /** A client whose server shuts down comes back by itself; a client that the server disconnects would not. */
    @EveryClientKind
    void clientsComeBackByThemselvesToTheNextServer(ClientKind kind) {
        TestingServerProcess first = start();
        TestingSocketClient ann = party.join(kind, "Ann");
        first.stop();
        ann.await(ReceivedEvent.DISCONNECTED);

        party.closeAfterTest(TestingServerProcess.start(List.of(), Map.of(ServerKeys.PORT, first.port())));

        ann.await(ReceivedEvent.CONNECTED);
        ann.settle();
    }

    @Test
    void drainMovesClientsAwayWhileNewOnesAreServed() {
        TestingServerProcess server =
                party.use(TestingServerProcess.start(List.of(), Map.of("watchparty.server.drain", "4 s")));
        List<TestingSocketClient> clients = List.of(
                party.join(ClientKind.JS_POLLING, "Polling"),
                party.join(ClientKind.JS_WEBSOCKET, "WebSocket"),
                party.join(ClientKind.JS_UPGRADE, "Upgraded"),
                party.join(ClientKind.JAVA_WEBSOCKET, "Java"));

        server.terminate();
        await().until(() -> TestingRawClient.get(server, "/readyz").status() == 503);
        party.join(ClientKind.JAVA_WEBSOCKET, "Late");

        for (TestingSocketClient client : clients) {
            client.await(ReceivedEvent.DISCONNECTED);
        }
        assertThat(server.awaitExit(EXIT_SECONDS)).isZero();
        assertThat(server.outputWith("Exception")).isEmpty();
        assertThat(server.outputWith("moving the clients away")).hasSize(1);
    }

    @Test
    void wrongSettingStopsTheStartAndIsNamed() {
        TestingServerProcess server = party.closeAfterTest(
                TestingServerProcess.launch(List.of(), Map.of("watchparty.sync.heartbeat", "soon")));

        assertThat(server.awaitExit(60)).isNotZero();
        assertThat(String.join("\n", server.output())).contains("watchparty.sync.heartbeat", "soon");
    }

    /** Exit status 2 says that the settings must be changed, 1 that another start may succeed. */
    @Test
    void failedStartSaysWhyInOneLine() throws Exception {
        String noPem = Files.writeString(directory.resolve("no.pem"), "no PEM").toString();
        TestingServerProcess running = start();

        assertThat(exitOf(Map.of("watchparty.server.host", "no-such-host.invalid"), "watchparty.server.host: no-such"))
                .isEqualTo(2);
        assertThat(exitOf(
                        Map.of(
                                "watchparty.server.tls.enabled", true,
                                "watchparty.server.tls.certificate-chain", noPem,
                                "watchparty.server.tls.private-key", noPem),
                        "watchparty.server.tls: certificate " + noPem))
                .isEqualTo(2);
        assertThat(exitOf(Map.of(ServerKeys.PORT, running.port()), "cannot listen on "))
                .isEqualTo(1);
    }

    private int exitOf(Map<String, ?> settings, String reason) {
        TestingServerProcess server = party.closeAfterTest(TestingServerProcess.launch(List.of(), settings));
        int exit = server.awaitExit(60);
        assertThat(server.output()).singleElement().asString().contains(reason);
        return exit;
    }

    @Test
    void unknownSettingStopsTheStartAndIsNamed() {
        TestingServerProcess server =
                party.closeAfterTest(TestingServerProcess.launch(List.of(), Map.of("watchparty.sync.hartbeat", "1 s")));

        assertThat(server.awaitExit(60)).isNotZero();
        assertThat(String.join("\n", server.output())).contains("watchparty.sync.hartbeat");
    }

    @Test
    void freshServerIsReadyAndServesThePage() {
        TestingServerProcess server = start();

        RawResponse page = TestingRawClient.get(server, "/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<!doctype html>");
        assertThat(TestingRawClient.get(server, "/readyz").status()).isEqualTo(200);
    }

    private TestingServerProcess start() {
        return party.use(TestingServerProcess.start(List.of(), Map.of()));
    }
}
