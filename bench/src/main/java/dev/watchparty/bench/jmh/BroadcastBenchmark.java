package dev.watchparty.bench.jmh;

import com.corundumstudio.socketio.SocketIONamespace;
import dev.watchparty.bench.client.Crowd;
import dev.watchparty.protocol.PlaybackUpdate;
import dev.watchparty.protocol.SocketEvents;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.socketio.Audience;
import dev.watchparty.server.socketio.Broadcasts;
import dev.watchparty.server.socketio.EncodedEvent;
import dev.watchparty.server.socketio.SocketIoServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of a broadcast to 1,000 sockets for its caller. Event loops write to the sockets meanwhile, and all have
 * been written to before the next broadcast.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BroadcastBenchmark {
    private static final int SOCKETS = 1_000;

    private final PlaybackUpdate update =
            new PlaybackUpdate(1234.567, 1_795_000_000_000L, 1_795_000_000_000L, "sender");
    private SocketIoServer server;
    private Broadcasts broadcasts;
    private Crowd crowd;
    private Audience clients;
    private EncodedEvent event;
    private long expected;

    @Setup
    public void connect() {
        server = new SocketIoServer(TransportConfig.builder().build());
        SocketIONamespace namespace = server.namespace("/");
        namespace.addConnectListener(client -> client.sendEvent(SocketEvents.INIT, Map.of("users", Map.of())));
        broadcasts = server.broadcasts("/");
        crowd = new Crowd(server.start().getPort());
        crowd.connect(SOCKETS, SOCKETS / 10, client -> "");
        clients = Audience.of(namespace.getAllClients());
        event = broadcasts.encode(SocketEvents.SEEK, update);
        expected = SOCKETS; // each has received its session:init
    }

    @Setup(Level.Invocation)
    public void awaitWritten() {
        long[] events = new long[1];
        do {
            crowd.run(() -> events[0] = crowd.events());
        } while (events[0] < expected);
        expected += SOCKETS;
    }

    @TearDown
    public void close() {
        crowd.close();
        server.stop(Duration.ZERO);
    }

    @Benchmark
    public void send() {
        broadcasts.send(event, clients, Set.of());
    }

    @Benchmark
    public void encodeAndSend() {
        broadcasts.send(broadcasts.encode(SocketEvents.SEEK, update), clients, Set.of());
    }
}
