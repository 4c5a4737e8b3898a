package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.server.engineio.TransportConfig.Compression;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.TestingRawConnection;
import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class WebSocketCompressionTest {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits";
    private TestingServer server;

    @BeforeEach
    void start() {
        server = TestingServer.start(config -> config.compression = Optional.of(new Compression(50)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void isNotOfferedUnlessConfigured() throws Exception {
        try (TestingServer plain = TestingServer.start();
                TestingRawConnection connection = TestingRawConnection.open(plain)) {
            assertThat(connection.openWebSocket(OFFER)).doesNotContainIgnoringCase("sec-websocket-extensions");
        }
    }

    @Test
    void reusesNoContext() throws Exception {
        try (TestingRawConnection connection = TestingRawConnection.open(server)) {
            assertThat(connection.openWebSocket(OFFER))
                    .contains("permessage-deflate", "server_no_context_takeover", "client_no_context_takeover");
        }
    }

    @Test
    void compressesLongMessagesOnceForAllClientsThatInflate() throws Exception {
        TestingWebSocket plain = TestingWebSocket.connect(server);
        TestingRawConnection first = connect();
        TestingRawConnection second = connect();
        Audience all = Audience.of(server.namespace().getAllClients());
        Broadcasts broadcasts = server.server.broadcasts("/");
        String text = "a long message ".repeat(100);

        for (int i = 0; i < 2; i++) {
            broadcasts.send(broadcasts.encode("long", text), all, Set.of());
            broadcasts.send(broadcasts.encode("short", i), all, Set.of());

            String packet = "42[\"long\",\"%s\"]".formatted(text);
            assertThat(plain.next()).isEqualTo(packet);
            assertThat(plain.next()).isEqualTo("42[\"short\",%d]".formatted(i));
            for (TestingRawConnection client : List.of(first, second)) {
                byte[] frame = client.readFrame();
                assertThat(frame[0]).isEqualTo((byte) 0xc1);
                assertThat(frame).hasSizeLessThan(100);
                assertThat(inflate(frame)).isEqualTo(packet);
                assertThat(new String(client.readFrame(), ISO_8859_1)).endsWith("42[\"short\",%d]".formatted(i));
            }
        }
        first.close();
        second.close();
    }

    @Test
    void readsCompressedMessages() throws Exception {
        TestingRawConnection client = connect();

        client.writeFrame(0xc1, deflate("42[\"echo\",\"compressed\"]"));
        client.writeFrame(0xc1, deflate("42[\"echo\",\"again\"]"));

        client.readUntil("42[\"echo\",\"compressed\"]");
        client.readUntil("42[\"echo\",\"again\"]");
        client.close();
    }

    @Test
    void closesAClientThatSendsABomb() throws Exception {
        TestingRawConnection client = connect();

        client.writeFrame(0xc1, deflate("42[\"echo\",\"" + "x".repeat(50_000_000) + "\"]"));

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR));
        assertThat(server.received).isEmpty();
        client.close();
    }

    @Test
    void closesAClientThatCompressesWithoutNegotiation() throws Exception {
        TestingRawConnection client = TestingRawConnection.connect(server);

        client.writeFrame(0xc1, deflate("42[\"echo\",1]"));

        await().untilAsserted(() -> assertThat(server.disconnects).containsExactly(DisconnectReason.PROTOCOL_ERROR));
        client.close();
    }

    private TestingRawConnection connect() throws Exception {
        TestingRawConnection connection = TestingRawConnection.open(server);
        connection.openWebSocket(OFFER);
        connection.readFrame();
        connection.writeTextFrame("40");
        assertThat(new String(connection.readFrame(), ISO_8859_1)).contains("40{");
        assertThat(new String(connection.readFrame(), ISO_8859_1)).endsWith("42[\"hello\"]");
        return connection;
    }

    private static byte[] deflate(String text) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(text.getBytes(ISO_8859_1));
        byte[] buffer = new byte[text.length() + 100];
        int length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(buffer, length - 4);
    }

    /** The payload of a frame of less than 126 bytes. */
    private static String inflate(byte[] frame) throws Exception {
        Inflater inflater = new Inflater(true);
        byte[] input = Arrays.copyOfRange(frame, 2, frame.length + 4);
        input[input.length - 2] = (byte) 0xff;
        input[input.length - 1] = (byte) 0xff;
        inflater.setInput(input);
        byte[] buffer = new byte[10_000];
        int length = inflater.inflate(buffer);
        inflater.end();
        return new String(buffer, 0, length, ISO_8859_1);
    }
}
