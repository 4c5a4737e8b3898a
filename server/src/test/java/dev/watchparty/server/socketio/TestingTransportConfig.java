package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Compression;
import dev.watchparty.server.socketio.TransportConfig.Hosts;
import dev.watchparty.server.socketio.TransportConfig.Io;
import dev.watchparty.server.socketio.TransportConfig.Limits;
import dev.watchparty.server.socketio.TransportConfig.Timeouts;
import dev.watchparty.server.socketio.TransportConfig.Tls;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The original's settings on a free port, each of which a test may change. */
final class TestingTransportConfig {
    Io io = Io.AUTO;
    int port;
    Optional<Tls> tls = Optional.empty();
    Duration pingInterval = Duration.ofSeconds(25);
    Duration pingTimeout = Duration.ofSeconds(20);
    Duration connect = Duration.ofSeconds(45);
    Duration upgrade = Duration.ofSeconds(10);
    Duration request = Duration.ofSeconds(10);
    Duration idle = Duration.ofSeconds(10);
    int maxSessions = 1000;
    int maxConnections = 1000;
    int maxConnectionsPerAddress = 1000;
    int maxPayload = 1_000_000;
    int maxUnfinishedBytes = 32 << 20;
    int maxQueuedBytes = 1 << 20;
    long maxQueuedBytesTotal = 256 << 20;
    int maxNamespaces = 5;
    int maxPendingAcks = 5;
    int maxAttachments = 10;
    Hosts hosts = Hosts.ANY;
    List<String> allowedOrigins = List.of("*");
    List<String> trustedProxies = List.of();
    Optional<Compression> compression = Optional.empty();

    /** Those that this machine has: what clients see must not depend on it. */
    static Stream<Io> everyIo() {
        return Stream.of(Io.NIO, Io.EPOLL, Io.IO_URING).filter(io -> EventLoops.unavailability(io) == null);
    }

    TransportConfig build() {
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
