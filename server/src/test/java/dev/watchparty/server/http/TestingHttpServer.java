package dev.watchparty.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import dev.watchparty.server.config.ConfigLoader;
import dev.watchparty.server.socketio.EventLimiter;
import dev.watchparty.server.socketio.SocketIoServer;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A {@link PagesHandler} at the end of the server's own pipeline, on a free port of the loopback address. */
final class TestingHttpServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final PagesConfig CONFIG =
            new PagesConfig(true, "", true, List.of("'self'"), List.of(), Duration.ofDays(180), Duration.ofSeconds(30));
    static final Readiness READY = () -> CompletableFuture.completedStage(Optional.empty());

    private static final List<StaticFile> LIBRARY = List.of(
            StaticFile.of("/socket.io.js", Map.of(ContentCoding.IDENTITY, "io".getBytes(UTF_8))),
            StaticFile.of("/socket.io.js.map", Map.of(ContentCoding.IDENTITY, "{}".getBytes(UTF_8))),
            StaticFile.of("/other.js", Map.of(ContentCoding.IDENTITY, "other".getBytes(UTF_8))));

    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Queue<FullHttpRequest> requests = new ConcurrentLinkedQueue<>();
    private final SocketIoServer server;
    private final int port;

    private TestingHttpServer(PagesHandler pages, Map<String, ?> transport) {
        Map<String, Object> keys = new HashMap<>(transport);
        keys.put("watchparty.server.host", "127.0.0.1");
        keys.put("watchparty.server.port", 0);
        server = new SocketIoServer(
                ConfigLoader.of(ConfigFactory.parseMap(keys)).transport(),
                EventLimiter.UNLIMITED,
                new RecordingPages(pages));
        port = server.start().getPort();
    }

    static TestingHttpServer start() throws IOException {
        return start(CONFIG, READY);
    }

    static TestingHttpServer start(PagesConfig config, Readiness readiness) throws IOException {
        return start(config, readiness, Map.of());
    }

    /** @param transport values by configuration key */
    static TestingHttpServer start(PagesConfig config, Readiness readiness, Map<String, ?> transport)
            throws IOException {
        try (TestingClientFolder folder = TestingClientFolder.create()) {
            List<StaticFile> files = config.enabled() ? ClientFiles.fromFolder(folder.path()) : List.of();
            return new TestingHttpServer(
                    new PagesHandler(
                            config,
                            files,
                            LIBRARY,
                            readiness,
                            TestingRooms.closed().api(config),
                            () -> NOW),
                    transport);
        }
    }

    /** Serves a page of one file, and rooms. */
    static TestingHttpServer start(PagesConfig config, String page, TestingRooms rooms, Map<String, ?> transport) {
        StaticFile index = StaticFile.of(ClientFiles.INDEX_PATH, Map.of(ContentCoding.IDENTITY, page.getBytes(UTF_8)));
        return new TestingHttpServer(
                new PagesHandler(config, List.of(index), List.of(), READY, rooms.api(config), () -> NOW), transport);
    }

    int port() {
        return port;
    }

    URI uri(String target) {
        return URI.create("http://localhost:" + port + target);
    }

    TestingHttpConnection connect() throws IOException {
        return TestingHttpConnection.open(port);
    }

    /** The connections that are open. */
    ChannelGroup connections() {
        return connections;
    }

    /** The requests that the handler has processed so far, or still holds. */
    List<FullHttpRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(1));
    }

    @Sharable
    private final class RecordingPages extends ChannelInboundHandlerAdapter {
        private final PagesHandler pages;

        RecordingPages(PagesHandler pages) {
            this.pages = pages;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            connections.add(ctx.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            pages.channelRead(ctx, message);
            requests.add((FullHttpRequest) message);
        }
    }
}
