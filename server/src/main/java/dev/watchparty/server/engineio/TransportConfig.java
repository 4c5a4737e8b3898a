package dev.watchparty.server.engineio;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The address where clients reach the server, and the bounds that keep one client from harming the others. {@link #builder}
 * knows a default for everything.
 *
 * @param host the address to listen on, as a name or a literal
 * @param port 0 .. 65535; 0 lets the system choose
 * @param path the path of Socket.IO, with a leading and without a trailing slash: {@code /socket.io}
 * @param pagePaths paths below that one that belong to the handler of the pages, not to Socket.IO
 * @param io the system calls that move the bytes
 * @param ioThreads event loops; 0 for one per processor
 * @param tls certificate and key; empty for plain HTTP
 * @param timeouts how long the server waits
 * @param limits how much the server accepts
 * @param hosts the names under which clients reach the server
 * @param allowedOrigins the origins whose pages may read the answers: {@code https://example.org}, or {@code
 *     https://*.example.org} for exactly one label in that place; {@code *} among them allows every origin, without
 *     credentials
 * @param trustedProxies addresses and networks ({@code 10.0.0.0/8}) whose {@code X-Forwarded-For}, {@code -Host} and
 *     {@code -Proto} are trusted
 * @param compression of WebSocket messages; empty for none
 */
public record TransportConfig(
        String host,
        int port,
        String path,
        Set<String> pagePaths,
        Io io,
        int ioThreads,
        Optional<Tls> tls,
        Timeouts timeouts,
        Limits limits,
        Hosts hosts,
        List<String> allowedOrigins,
        List<String> trustedProxies,
        Optional<Compression> compression) {

    public TransportConfig {
        requireNonNull(host, "host is null");
        requireRange("port", port, 0, 65535);
        if (!path.matches("(/[A-Za-z0-9._~-]+)+")) {
            throw new IllegalArgumentException(
                    "path: %s (expected: a leading slash, no trailing one, such as /socket.io)".formatted(path));
        }
        pagePaths = Set.copyOf(pagePaths);
        requireAvailable(io);
        requireRange("ioThreads", ioThreads, 0, 1024);
        requireNonNull(tls, "tls is null");
        requireNonNull(timeouts, "timeouts is null");
        requireNonNull(limits, "limits is null");
        requireNonNull(hosts, "hosts is null");
        allowedOrigins = List.copyOf(allowedOrigins);
        Cors.requireOrigins(allowedOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        ClientAddresses.requireNetworks(trustedProxies);
        requireNonNull(compression, "compression is null");
    }

    /** A configuration with defaults: all addresses, a port that the system chooses, {@code /socket.io}, plain HTTP. */
    public static Builder builder() {
        return new Builder();
    }

    /** The system calls that move the bytes. */
    public enum Io {
        /** {@link #EPOLL} where the system has it, {@link #NIO} elsewhere. */
        AUTO,
        /** The JDK's own, on every system. */
        NIO,
        /** Linux only; less work per message. */
        EPOLL,
        /**
         * Linux 5.9 or newer, where no sandbox forbids it. The system reads work from queues, so the server makes fewer
         * calls.
         */
        IO_URING;

        /** The name that settings use: {@code io-uring}. */
        String settingName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The names under which clients reach the server. A page that is served under another name can make a browser take
     * this server for the page's own (DNS rebinding), unless the server answers only to its own names.
     *
     * @param names hosts without a port, or {@code *.example.org} for exactly one label in that place; empty for any
     * @param pathsOfAny paths that are answered under any name: the probes of platforms use other names
     */
    public record Hosts(List<String> names, Set<String> pathsOfAny) {
        /** Accepts every name. */
        public static final Hosts ANY = new Hosts(List.of(), Set.of());

        public Hosts {
            names = List.copyOf(names);
            pathsOfAny = Set.copyOf(pathsOfAny);
            names.forEach(Hosts::pattern);
        }

        List<HostPattern> patterns() {
            return names.stream().map(Hosts::pattern).toList();
        }

        private static HostPattern pattern(String name) {
            return HostPattern.parse(name)
                    .orElseThrow(
                            () -> new IllegalArgumentException(("hosts: %s (expected: hosts without a port, such as"
                                            + " party.example.com, *.example.org, 192.0.2.1 or [2001:db8::1])")
                                    .formatted(name)));
        }
    }

    /**
     * Files in PEM form.
     *
     * @param certificateChain the server's certificate first
     * @param privateKey PKCS #8, without a password
     */
    public record Tls(Path certificateChain, Path privateKey) {
        public Tls {
            requireNonNull(certificateChain, "certificateChain is null");
            requireNonNull(privateKey, "privateKey is null");
        }
    }

    /**
     * How long the server waits. Each value is above zero.
     *
     * @param pingInterval from a client's answer to the next ping
     * @param pingTimeout for the answer to a ping
     * @param connect for the first CONNECT to a namespace, and for another one after the client has left its last
     *     namespace
     * @param upgrade for a probing WebSocket to replace polling
     * @param request for an HTTP request to be complete, counted from the start of its connection or its own start
     * @param idle for the next request on a connection, and for an unread answer to make progress; it may stand still
     *     for up to an eighth longer
     */
    public record Timeouts(
            Duration pingInterval,
            Duration pingTimeout,
            Duration connect,
            Duration upgrade,
            Duration request,
            Duration idle) {
        /** The defaults of {@code application.conf}. */
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(25),
                Duration.ofSeconds(20),
                Duration.ofSeconds(45),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));

        public Timeouts {
            requirePositive("pingInterval", pingInterval);
            requirePositive("pingTimeout", pingTimeout);
            requirePositive("connect", connect);
            requirePositive("upgrade", upgrade);
            requirePositive("request", request);
            requirePositive("idle", idle);
        }
    }

    /**
     * How much the server accepts.
     *
     * @param maxSessions clients at a time; one more is answered with 503
     * @param maxConnections TCP connections at a time; one more is closed. A polling client needs two
     * @param maxConnectionsPerAddress TCP connections of one address at a time, or of one /64 network of IPv6; one more
     *     is closed. A trusted proxy may use all connections
     * @param maxPayload bytes of one message, one polling body, or one HTTP request to any page
     * @param maxUnfinishedBytes bytes of incomplete requests and messages, of all clients together; a client that sends
     *     more is closed
     * @param maxQueuedBytes bytes that wait for one client besides its longest message, which may always wait; a client
     *     that needs more is closed
     * @param maxQueuedBytesTotal bytes that wait for all clients together; beyond it the clients with the most are
     *     closed. {@link #AUTO} for as much as fits the memory of the process
     * @param maxNamespaces namespaces that a client may be connected to at a time
     * @param maxPendingAcks acks that one socket may owe at a time
     * @param maxAttachments binary attachments of one packet
     * @param maxUriLength bytes of a request's first line
     * @param maxHeaderBytes bytes of all headers of a request
     */
    public record Limits(
            int maxSessions,
            int maxConnections,
            int maxConnectionsPerAddress,
            int maxPayload,
            int maxUnfinishedBytes,
            int maxQueuedBytes,
            long maxQueuedBytesTotal,
            int maxNamespaces,
            int maxPendingAcks,
            int maxAttachments,
            int maxUriLength,
            int maxHeaderBytes) {
        /** For {@code maxQueuedBytesTotal}. */
        public static final long AUTO = 0;

        /** The defaults of {@code application.conf}. */
        public static final Limits DEFAULT =
                new Limits(20_000, 40_000, 4000, 1_000_000, 32 << 20, 1 << 20, AUTO, 10, 1000, 10, 4096, 16_384);

        private static final long MIN_QUEUED_BYTES_TOTAL = 1 << 20;

        public Limits {
            requireRange("maxSessions", maxSessions, 1, Integer.MAX_VALUE);
            requireRange("maxConnections", maxConnections, 1, Integer.MAX_VALUE);
            requireRange("maxConnectionsPerAddress", maxConnectionsPerAddress, 1, Integer.MAX_VALUE);
            requireRange("maxPayload", maxPayload, 1, 1 << 28);
            requireRange("maxUnfinishedBytes", maxUnfinishedBytes, 1, Integer.MAX_VALUE);
            requireRange("maxQueuedBytes", maxQueuedBytes, 1, Integer.MAX_VALUE);
            if (maxQueuedBytesTotal == AUTO) {
                maxQueuedBytesTotal = QueuedOutput.maxForThisProcess();
            }
            if (maxQueuedBytesTotal < MIN_QUEUED_BYTES_TOTAL) {
                throw new IllegalArgumentException("maxQueuedBytesTotal: %d (expected: auto, or >= %d)"
                        .formatted(maxQueuedBytesTotal, MIN_QUEUED_BYTES_TOTAL));
            }
            requireRange("maxNamespaces", maxNamespaces, 1, Integer.MAX_VALUE);
            requireRange("maxPendingAcks", maxPendingAcks, 0, Integer.MAX_VALUE);
            requireRange("maxAttachments", maxAttachments, 0, Integer.MAX_VALUE);
            requireRange("maxUriLength", maxUriLength, 256, 1 << 20);
            requireRange("maxHeaderBytes", maxHeaderBytes, 1024, 1 << 20);
        }
    }

    /**
     * permessage-deflate (RFC 7692) for the clients that offer it.
     *
     * @param threshold the shortest message that is compressed, bytes
     */
    public record Compression(int threshold) {
        public Compression {
            requireRange("threshold", threshold, 0, Integer.MAX_VALUE);
        }
    }

    /** Changes defaults one by one. */
    public static final class Builder {
        private String host = "0.0.0.0";
        private int port;
        private String path = "/socket.io";
        private Set<String> pagePaths = Set.of();
        private Io io = Io.AUTO;
        private int ioThreads;
        private Optional<Tls> tls = Optional.empty();
        private Timeouts timeouts = Timeouts.DEFAULT;
        private Limits limits = Limits.DEFAULT;
        private Hosts hosts = Hosts.ANY;
        private List<String> allowedOrigins = List.of("*");
        private List<String> trustedProxies = List.of();
        private Optional<Compression> compression = Optional.empty();

        private Builder() {}

        public Builder host(String value) {
            host = value;
            return this;
        }

        public Builder port(int value) {
            port = value;
            return this;
        }

        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder pagePaths(Set<String> value) {
            pagePaths = value;
            return this;
        }

        public Builder io(Io value) {
            io = value;
            return this;
        }

        public Builder ioThreads(int value) {
            ioThreads = value;
            return this;
        }

        public Builder tls(Tls value) {
            tls = Optional.of(value);
            return this;
        }

        public Builder timeouts(Timeouts value) {
            timeouts = value;
            return this;
        }

        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        public Builder hosts(Hosts value) {
            hosts = value;
            return this;
        }

        public Builder allowedOrigins(List<String> value) {
            allowedOrigins = value;
            return this;
        }

        public Builder trustedProxies(List<String> value) {
            trustedProxies = value;
            return this;
        }

        public Builder compression(Compression value) {
            compression = Optional.of(value);
            return this;
        }

        /**
         * Checks the values and puts them together.
         *
         * @throws IllegalArgumentException if a value is out of its range; the message names it
         */
        public TransportConfig build() {
            return new TransportConfig(
                    host,
                    port,
                    path,
                    pagePaths,
                    io,
                    ioThreads,
                    tls,
                    timeouts,
                    limits,
                    hosts,
                    allowedOrigins,
                    trustedProxies,
                    compression);
        }
    }

    private static void requireAvailable(Io io) {
        Throwable unavailability = EventLoops.unavailability(requireNonNull(io, "io is null"));
        if (unavailability != null) {
            String expected = "one that this system has; here: " + unavailability.getMessage();
            throw new IllegalArgumentException(
                    "io: %s (expected: %s)".formatted(io.settingName(), expected), unavailability);
        }
    }

    private static void requireRange(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s: %d (expected: %d .. %d)".formatted(name, value, min, max));
        }
    }

    private static void requirePositive(String name, Duration value) {
        requireNonNull(value, name + " is null");
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("%s: %s (expected: > 0)".formatted(name, value));
        }
    }
}
