package dev.watchparty.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** A {@link PagesHandler} behind a plain HTTP pipeline on a free port of the loopback address. */
final class TestingHttpServer implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final PagesConfig CONFIG =
            new PagesConfig(true, List.of("'self'"), List.of(), Duration.ofDays(180), Duration.ofSeconds(30));
    static final Readiness READY = () -> CompletableFuture.completedStage(Optional.empty());

    private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Queue<FullHttpRequest> requests = new ConcurrentLinkedQueue<>();
    private final Channel listener;

    private TestingHttpServer(PagesHandler pages, SslContext tls) {
        listener = new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        connections.add(channel);
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline()
                                .addLast(new HttpRequestDecoder())
                                .addLast(new HttpResponseEncoder())
                                .addLast(new HttpObjectAggregator(1024))
                                .addLast(new RequestRecorder())
                                .addLast(pages);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    static TestingHttpServer start() throws IOException {
        return start(CONFIG, READY);
    }

    static TestingHttpServer start(PagesConfig config, Readiness readiness) throws IOException {
        return start(config, readiness, null);
    }

    /** @param tls null for plain HTTP */
    static TestingHttpServer start(PagesConfig config, Readiness readiness, SslContext tls) throws IOException {
        try (TestingClientFolder folder = TestingClientFolder.create()) {
            List<StaticFile> files = config.enabled() ? ClientFiles.fromFolder(folder.path()) : List.of();
            return new TestingHttpServer(new PagesHandler(config, files, readiness, () -> NOW), tls);
        }
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    URI uri(String target) {
        return URI.create("http://localhost:" + port() + target);
    }

    TestingHttpConnection connect() throws IOException {
        return TestingHttpConnection.open(port());
    }

    /** The connections that are open. */
    ChannelGroup connections() {
        return connections;
    }

    /** What the handler was given so far. */
    List<FullHttpRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        eventLoops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class RequestRecorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            requests.add((FullHttpRequest) message);
            ctx.fireChannelRead(message);
        }
    }
}
