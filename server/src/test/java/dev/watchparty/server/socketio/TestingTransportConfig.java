package dev.watchparty.server.socketio;

import dev.watchparty.server.engineio.EventLoops;
import dev.watchparty.server.engineio.TransportConfig;
import dev.watchparty.server.engineio.TransportConfig.Compression;
import dev.watchparty.server.engineio.TransportConfig.Hosts;
import dev.watchparty.server.engineio.TransportConfig.Io;
import dev.watchparty.server.engineio.TransportConfig.Limits;
import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.engineio.TransportConfig.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The original's settings on a free port, each of which a test may change. */
public final class TestingTransportConfig {
    public Io io = Io.AUTO;
    public int port;
    public Optional<Tls> tls = Optional.empty();
    public Duration pingInterval = Duration.ofSeconds(25);
    public Duration pingTimeout = Duration.ofSeconds(20);
    public Duration connect = Duration.ofSeconds(45);
    public Duration upgrade = Duration.ofSeconds(10);
    public Duration request = Duration.ofSeconds(10);
    public Duration idle = Duration.ofSeconds(10);
    public int maxSessions = 1000;
    public int maxConnections = 1000;
    public int maxConnectionsPerAddress = 1000;
    public int maxPayload = 1_000_000;
    public int maxUnfinishedBytes = 32 << 20;
    public int maxQueuedBytes = 1 << 20;
    public long maxQueuedBytesTotal = 256 << 20;
    public int maxNamespaces = 5;
    public int maxPendingAcks = 5;
    public int maxAttachments = 10;
    public Hosts hosts = Hosts.ANY;
    public List<String> allowedOrigins = List.of("*");
    public List<String> trustedProxies = List.of();
    public Optional<Compression> compression = Optional.empty();

    /** The implementations that this machine has: clients must see no difference between them. */
    public static Stream<Io> everyIo() {
        return Stream.of(Io.NIO, Io.EPOLL, Io.IO_URING).filter(io -> EventLoops.unavailability(io) == null);
    }

    public TransportConfig build() {
        return new TransportConfig(
                "127.0.0.1",
                port,
                "/socket.io",
                Set.of(),
                io,
                2,
                tls,
                new Timeouts(pingInterval, pingTimeout, connect, upgrade, request, idle),
                new Limits(
                        maxSessions,
                        maxConnections,
                        maxConnectionsPerAddress,
                        maxPayload,
                        maxUnfinishedBytes,
                        maxQueuedBytes,
                        maxQueuedBytesTotal,
                        maxNamespaces,
                        maxPendingAcks,
                        maxAttachments,
                        4096,
                        8192),
                hosts,
                allowedOrigins,
                trustedProxies,
                compression);
    }
}
