package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@MethodSource("dev.watchparty.server.socketio.TestingTransportConfig#everyIo")
final class WebSocketTest {
    @Parameter
    private Io io;

    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start(config -> config.io = io);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void opensWithoutUpgrades() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("42[\"echo\",{\"a\":[null,1.5]}]");

        assertThat(client.next()).isEqualTo("42[\"echo\",{\"a\":[null,1.5]}]");
    }

    @Test
    void carriesBinaryUnchanged() throws Exception {
        server.namespace()
                .addEventListener(
                        "bytes", byte[].class, (client, bytes, ack) -> client.sendEvent("bytes", (Object) bytes));
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
        client.send(new byte[] {0, 4, '1', -1});

        assertThat(client.next()).isEqualTo("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(client.binaries.poll(10, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(new byte[] {0, 4, '1', -1}));
    }

    @Test
    void answersPingsOfTheWebSocket() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.ping(new byte[] {7});

        assertThat(client.pong.get(10, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(new byte[] {7}));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"abc", "", "9", "2", "4", "42{}", "4abc", "45", "42[\"connect\"]", "42/other,[\"echo\"]", "40"})
    void closesOnlyTheSessionThatSendsMalformedInput(String packet) throws Exception {
        TestingWebSocket bystander = TestingWebSocket.connect(server);
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.send(packet);

        assertThat(client.closeCode()).isEqualTo(1002);
        assertThat(client.messages).isEmpty();
        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR));
        bystander.send("42[\"echo\",1]");
        assertThat(bystander.next()).isEqualTo("42[\"echo\",1]");
    }

    @Test
    void closesAClientThatSendsAMessageThatIsTooLong() throws Exception {
        TestingWebSocket client = TestingWebSocket.connect(server);

        client.sendAsFarAsTaken("42[\"echo\",\"" + "x".repeat(1_000_000) + "\"]");

        assertThat(client.closeCode()).isIn(1002, 1006, 1009);
        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR));
    }

    @Test
    void distinguishesAClosedPageFromABrokenConnection() throws Exception {
        TestingWebSocket.connect(server).close(1001);
        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PAGE_CLOSED));

        TestingWebSocket.connect(server).abort();
        await().untilAsserted(() -> assertThat(server.disconnects)
                .containsExactly(DisconnectReason.PAGE_CLOSED, DisconnectReason.TRANSPORT_CLOSE));
    }

    @Test
    void closesAClientThatDoesNotAnswerPings() throws Exception {
        try (TestingServer impatient = TestingServer.start(config -> {
            config.io = io;
            config.pingInterval = Duration.ofMillis(500);
            config.pingTimeout = Duration.ofSeconds(4);
        })) {
            TestingWebSocket deaf = TestingWebSocket.connect(impatient).ignorePings();
            TestingWebSocket alive = TestingWebSocket.connect(impatient);

            assertThat(deaf.next()).isEqualTo("2");
            await().untilAsserted(
                            () -> assertThat(impatient.disconnects).containsExactly(DisconnectReason.PING_TIMEOUT));
            alive.send("42[\"echo\",1]");
            assertThat(alive.next()).isEqualTo("42[\"echo\",1]");
        }
    }

    @Test
    void closesAClientThatNeverConnectsToANamespace() throws Exception {
        try (TestingServer impatient = TestingServer.start(config -> {
            config.io = io;
            config.connect = Duration.ofMillis(100);
        })) {
            TestingWebSocket silent = TestingWebSocket.open(impatient);

            assertThat(silent.closeCode()).isEqualTo(1000);
            impatient.awaitNoSessions();
        }
    }

    @Test
    void closesAClientThatStaysWithoutANamespace() throws Exception {
        try (TestingServer impatient = TestingServer.start(config -> {
            config.io = io;
            config.connect = Duration.ofSeconds(3);
        })) {
            TestingWebSocket client = TestingWebSocket.connect(impatient);
            client.send("41");

            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(impatient.disconnects).containsExactly(DisconnectReason.CLIENT_DISCONNECT);
        }
    }
}
