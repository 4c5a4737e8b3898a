package dev.watchparty.it.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingBystander;
import dev.watchparty.it.testing.TestingFuzz;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two hundred thousand packets that are wrong in every way we know, from recorded seeds, at every level of the
 * protocols. Each seed is a connection: some packets that are refused one by one, and then one that may hold anything.
 */
class FuzzTest {
    private static final int PACKETS = 200_000;
    private static final int ATTACKERS = 4;
    private static final int BATCH = 24;

    private static final String ROOM = "&room=fuzz";
    private static final String POLLING = "/socket.io/?EIO=4&transport=polling" + ROOM;
    private static final String WEBSOCKET = "/socket.io/?EIO=4&transport=websocket" + ROOM;
    private static final byte[] PING = "42[\"ping\"]".getBytes(UTF_8);
    private static final byte[] MSGPACK_CONNECT = HexFormat.of().parseHex("82a47479706500a36e7370a12f");
    private static final byte[] MSGPACK_PING =
            HexFormat.of().parseHex("83a47479706502a36e7370a12fa46461746191a470696e67");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    private final AtomicInteger packets = new AtomicInteger();
    private TestingServerProcess server;

    private enum Level {
        /** Socket.IO and Engine.IO in text frames. */
        TEXT(0, 3200),
        /** Socket.IO in MessagePack. */
        MSGPACK(1_000_000, 2400),
        /** Engine.IO's payloads over HTTP. */
        POLLING(2_000_000, 1600),
        /** The frames of RFC 6455 themselves. */
        FRAMES(3_000_000, 800),
        /** HTTP itself. */
        HTTP(4_000_000, 2000);

        private final long firstSeed;
        private final int seeds;

        Level(long firstSeed, int seeds) {
            this.firstSeed = firstSeed;
            this.seeds = seeds;
        }
    }

    @Test
    void noPacketDisturbsAnotherClient() throws InterruptedException {
        server = party.use(TestingServerProcess.start(
                List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid"),
                Map.of(
                        ServerKeys.RECOVERY_GRACE,
                        "0 s",
                        "watchparty.server.timeouts.connect",
                        "5 s",
                        // A connection that may be reused remembers its last session.
                        "watchparty.server.timeouts.idle",
                        "5 s")));
        TestingBystander bystander = TestingBystander.join(party);

        for (Level level : Level.values()) {
            attack(level);
            bystander.assertUndisturbed("after " + level);
            assertThat(server.outputWith(" ERROR ")).as("after %s", level).isEmpty();
        }

        assertThat(packets.get()).isGreaterThanOrEqualTo(PACKETS);
        server.awaitSessions(3);
        bystander.leave();
        server.assertNothingLeft();
    }

    private void attack(Level level) throws InterruptedException {
        ConcurrentLinkedQueue<Long> seeds =
                new ConcurrentLinkedQueue<>(LongStream.range(level.firstSeed, level.firstSeed + level.seeds)
                        .boxed()
                        .toList());
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ExecutorService attackers = Executors.newFixedThreadPool(ATTACKERS);
        for (int i = 0; i < ATTACKERS; i++) {
            attackers.execute(() -> {
                for (Long seed = seeds.poll(); seed != null && failures.isEmpty(); seed = seeds.poll()) {
                    try {
                        attack(level, seed);
                    } catch (RuntimeException | AssertionError e) {
                        failures.add(e);
                    }
                }
            });
        }
        attackers.shutdown();
        assertThat(attackers.awaitTermination(3, TimeUnit.MINUTES)).isTrue();
        assertThat(failures).isEmpty();
    }

    private void attack(Level level, long seed) {
        TestingFuzz fuzz = new TestingFuzz(seed);
        switch (level) {
            case TEXT -> overWebSocket(seed, TestingRawWebSocket.TEXT, "40".getBytes(UTF_8), PING, fuzz);
            case MSGPACK -> overWebSocket(seed, TestingRawWebSocket.BINARY, MSGPACK_CONNECT, MSGPACK_PING, fuzz);
            case POLLING -> overPolling(seed, fuzz);
            case FRAMES -> inFrames(fuzz);
            case HTTP -> inHttp(fuzz);
        }
    }

    /** The server must accept the whole batch, and must end the session when asked to, whatever the last packet was. */
    private void overWebSocket(long seed, int opcode, byte[] connect, byte[] ping, TestingFuzz fuzz) {
        boolean inText = opcode == TestingRawWebSocket.TEXT;
        byte[] last = inText ? fuzz.text() : fuzz.msgpack();
        try (TestingRawWebSocket socket = TestingRawWebSocket.open(server, WEBSOCKET, Map.of())) {
            ByteArrayOutputStream batch = new ByteArrayOutputStream();
            batch.writeBytes(TestingRawWebSocket.frame(0x80 | opcode, connect));
            for (int i = 0; i < BATCH; i++) {
                byte[] packet = inText ? fuzz.wrongEvent() : fuzz.wrongMsgpackEvent();
                batch.writeBytes(TestingRawWebSocket.frame(0x80 | opcode, packet));
            }
            batch.writeBytes(TestingRawWebSocket.frame(0x80 | opcode, ping));
            socket.send(batch.toByteArray());
            while (!socket.readFrame().text().contains("pong")) {
                // Messages of the server about other clients.
            }
            socket.sendFrame(opcode, last);
            socket.sendText("1");
            socket.awaitClosed();
            packets.addAndGet(BATCH + 1);
        } catch (RuntimeException | AssertionError e) {
            throw failure(seed, last, e);
        }
    }

    private void overPolling(long seed, TestingFuzz fuzz) {
        byte[] last = fuzz.payload(1 + fuzz.below(4));
        try (TestingRawClient client = new TestingRawClient(server)) {
            RawResponse opening = client.request("GET", POLLING, Map.of(), "");
            String target = POLLING + "&sid="
                    + Json.parse(opening.body().substring(1)).path("sid").textValue();
            StringBuilder batch = new StringBuilder("40");
            for (int i = 0; i < BATCH; i++) {
                batch.append('\u001e').append(new String(fuzz.wrongEvent(), UTF_8));
            }
            assertThat(client.request("POST", target, Map.of(), batch.toString())
                            .status())
                    .isEqualTo(200);
            assertThat(client.request("GET", target, Map.of(), "").status()).isEqualTo(200);
            client.sendRequest("POST", target, Map.of("Content-Length", Integer.toString(last.length)), "");
            client.send(last);
            assertThat(client.readResponse().status()).isIn(200, 400);
            assertThat(client.request("POST", target, Map.of(), "1").status()).isIn(200, 400);
            packets.addAndGet(BATCH + 1);
        } catch (RuntimeException | AssertionError e) {
            throw failure(seed, last, e);
        }
    }

    /** A frame may never end, so the connection must. */
    private void inFrames(TestingFuzz fuzz) {
        try (TestingRawWebSocket socket = TestingRawWebSocket.open(server, WEBSOCKET, Map.of())) {
            socket.sendText("40");
            for (int i = 0; i < BATCH; i++) {
                socket.sendFrame(TestingRawWebSocket.TEXT, fuzz.wrongEvent());
            }
            socket.send(fuzz.frame());
            socket.endOutput();
            socket.awaitClosed();
            packets.addAndGet(BATCH + 1);
        }
    }

    private void inHttp(TestingFuzz fuzz) {
        for (int i = 0; i < 5; i++) {
            try (TestingRawClient client = new TestingRawClient(server)) {
                client.send(fuzz.request());
                client.endOutput();
                client.awaitClosed();
                packets.incrementAndGet();
            }
        }
    }

    private static AssertionError failure(long seed, byte[] last, Throwable cause) {
        Throwable reason = cause instanceof UncheckedIOException ? cause.getCause() : cause;
        return new AssertionError(
                "seed %d, whose last packet is %s: %s"
                        .formatted(seed, HexFormat.of().formatHex(last), reason),
                cause);
    }
}
