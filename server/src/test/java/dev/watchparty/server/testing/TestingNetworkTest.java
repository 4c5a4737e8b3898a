package dev.watchparty.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network of the tests fails as its fixture says. There is no Redis for Windows. */
@DisabledOnOs(OS.WINDOWS)
class TestingNetworkTest {
    private static final int SHORT_MILLIS = 200;
    private static final int PATIENCE_MILLIS = 10_000;

    private static TestingRedis redis;
    private TestingNetwork network;
    private int questions;

    @BeforeAll
    static void start() {
        redis = TestingRedis.start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @BeforeEach
    void open() {
        network = TestingNetwork.to(redis);
    }

    @AfterEach
    void close() {
        network.close();
    }

    @Test
    void silenceHoldsBackWhatIsSentUntilItEnds() throws IOException {
        try (Socket socket = connect()) {
            assertThat(ask(socket, PATIENCE_MILLIS)).isEqualTo("+PONG\r\n");

            network.silence();
            assertThatThrownBy(() -> ask(socket, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            network.restore();

            assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void silentNetworkAcceptsConnectionsWithoutTheServer() throws IOException {
        network.silence();
        long before = acceptedConnections();
        try (Socket socket = connect()) {
            assertThatThrownBy(() -> ask(socket, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
            assertThat(acceptedConnections()).isEqualTo(before);
            network.restore();

            assertThat(read(socket, PATIENCE_MILLIS)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void silenceHidesTheEndOfAConnection() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "CLIENT SETNAME somebody");
            read(socket, PATIENCE_MILLIS);
            network.silence();
        }
        try (Socket later = connect()) {
            assertThatThrownBy(() -> ask(later, SHORT_MILLIS)).isInstanceOf(SocketTimeoutException.class);
        }

        assertThat(redis.command("CLIENT", "LIST")).contains("name=somebody");
        network.restore();
        Awaitility.await().until(() -> !redis.command("CLIENT", "LIST").contains("name=somebody"));
    }

    @Test
    void cutConnectionsEndAndNewOnesPass() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, PATIENCE_MILLIS);
            network.cut();
            assertThat(read(socket, PATIENCE_MILLIS)).isEmpty();
        }
        try (Socket socket = connect()) {
            assertThat(ask(socket, PATIENCE_MILLIS)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void networkThatIsDownRefusesConnections() throws IOException {
        try (Socket socket = connect()) {
            ask(socket, PATIENCE_MILLIS);
            network.down();
            assertThat(read(socket, PATIENCE_MILLIS)).isEmpty();
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        network.up();
        try (Socket socket = connect()) {
            assertThat(ask(socket, PATIENCE_MILLIS)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void delayedBytesTakeTheirTimeInEachDirection() throws IOException {
        network.delay(Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofMillis(10));
        try (Socket socket = connect()) {
            long start = System.nanoTime();
            ask(socket, PATIENCE_MILLIS);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesAreLostRepeatedAndSwapped(ProtocolVersion version) {
        RedisClient client = RedisClient.create(RedisURI.create(redis.uriThrough(network)));
        client.setOptions(ClientOptions.builder().protocolVersion(version).build());
        List<String> received = new CopyOnWriteArrayList<>();
        try (var connection = client.connectPubSub()) {
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void smessage(String shardChannel, String message) {
                    received.add(message);
                }
            });
            connection.sync().ssubscribe("shard");
            network.loseNext("b");
            network.repeatNext("");
            network.swapNext("d");
            publish("a", "b", "c", "d", "e", "f");

            Awaitility.await().untilAsserted(() -> assertThat(received).containsExactly("a", "c", "c", "e", "d", "f"));
            assertThat(network.planned()).isZero();
            connection.sync().sunsubscribe("shard");
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(10));
        }
    }

    private static void publish(String... messages) {
        for (String message : messages) {
            redis.command("SPUBLISH", "shard", message);
        }
    }

    /** How many connections Redis has accepted, besides those of these questions. */
    private long acceptedConnections() {
        questions++;
        String name = "total_connections_received:";
        return redis.command("INFO", "stats")
                        .lines()
                        .filter(line -> line.startsWith(name))
                        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                        .sum()
                - questions;
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), network.port());
    }

    private static String ask(Socket socket, int timeoutMillis) throws IOException {
        send(socket, "PING");
        return read(socket, timeoutMillis);
    }

    private static void send(Socket socket, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(UTF_8));
    }

    private static String read(Socket socket, int timeoutMillis) throws IOException {
        socket.setSoTimeout(timeoutMillis);
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[100];
        int length = in.read(bytes);
        return length < 0 ? "" : new String(bytes, 0, length, UTF_8);
    }
}
