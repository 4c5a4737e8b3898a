package dev.watchparty.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The network of the tests, on the way to any server, fails as its fixture says. */
class TestingNetworkWithoutRedisTest {
    private static final int SHORT_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String WEB_SOCKET = "GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: WebSocket\r\n\r\n";
    private static final String POLL = "GET /poll HTTP/1.1\r\nHost: here\r\n\r\n";

    private ServerSocket server;
    private TestingNetwork network;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(PATIENCE_MILLIS);
        network = TestingNetwork.to(server.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        server.close();
    }

    @Test
    void clientsThatAreCutOffEndAndTheServerDoesNotNotice() throws IOException {
        try (Socket client = connect();
                Socket atServer = server.accept()) {
            send(client, "Hello");
            assertThat(read(atServer, PATIENCE_MILLIS)).isEqualTo("Hello");

            network.cutClientsOff();

            assertThat(read(client, PATIENCE_MILLIS)).isEmpty();
            send(atServer, "Are you there?");
            send(atServer, "Are you still there?");
            assertThatThrownBy(() -> read(atServer, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            network.cut();
            assertThat(read(atServer, PATIENCE_MILLIS)).isEmpty();
        }
    }

    @Test
    void clientsThatAreCutOffComeBackAtOnce() throws IOException {
        try (Socket client = connect();
                Socket atServer = server.accept()) {
            network.cutClientsOff();
            try (Socket next = connect();
                    Socket nextAtServer = server.accept()) {
                send(next, "Hello");
                assertThat(read(nextAtServer, PATIENCE_MILLIS)).isEqualTo("Hello");
            }
            assertThat(read(client, PATIENCE_MILLIS)).isEmpty();
            assertThatThrownBy(() -> read(atServer, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void serverThatLeavesAClientThatIsCutOffIsLeft() throws IOException {
        try (Socket client = connect();
                Socket atServer = server.accept()) {
            network.cutClientsOff();
            atServer.shutdownOutput();

            assertThat(read(atServer, PATIENCE_MILLIS)).isEmpty();
            assertThat(read(client, PATIENCE_MILLIS)).isEmpty();
        }
    }

    @Test
    void refusedWebSocketIsForbiddenAndNeverReachesTheServer() throws IOException {
        network.refuseWebSockets();
        try (Socket client = connect()) {
            send(client, WEB_SOCKET);

            assertThat(read(client, PATIENCE_MILLIS)).startsWith("HTTP/1.1 403 ");
            assertThat(read(client, PATIENCE_MILLIS)).isEmpty();
        }
        assertNextAtServer(POLL);
    }

    @Test
    void swallowedWebSocketHasNoAnswerAndNeverReachesTheServer() throws IOException {
        network.swallowWebSockets();
        try (Socket client = connect()) {
            send(client, WEB_SOCKET);

            assertThatThrownBy(() -> read(client, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            assertNextAtServer(POLL);
            network.cut();
            assertThat(read(client, PATIENCE_MILLIS)).isEmpty();
        }
    }

    @Test
    void webSocketsPassAgainAfterTheNetworkIsRestored() throws IOException {
        network.refuseWebSockets();
        network.restore();

        assertNextAtServer(WEB_SOCKET);
    }

    /** Asserts that the server's next connection is one that brings this request, and that an answer comes back. */
    private void assertNextAtServer(String request) throws IOException {
        try (Socket client = connect()) {
            send(client, request);
            try (Socket atServer = server.accept()) {
                assertThat(read(atServer, PATIENCE_MILLIS)).isEqualTo(request);
                send(atServer, "answer");
                assertThat(read(client, PATIENCE_MILLIS)).isEqualTo("answer");
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), network.port());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String read(Socket socket, int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        byte[] bytes = new byte[1000];
        int length = socket.getInputStream().read(bytes);
        return length < 0 ? "" : new String(bytes, 0, length, US_ASCII);
    }
}
