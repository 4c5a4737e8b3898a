package dev.watchparty.server.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.corundumstudio.socketio.SocketIOClient;
import com.corundumstudio.socketio.SocketIONamespace;
import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.server.engineio.DisconnectReason;
import dev.watchparty.server.engineio.EngineSession;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A server on a port of its own. Its default namespace sends {@code hello} to each client that connects, and {@code
 * echo} back with the data that came. When the server is closed, no session and no lease may be left.
 */
public final class TestingServer implements AutoCloseable {
    public final TestingLimiter limiter = new TestingLimiter();
    public final List<DisconnectReason> disconnects = new CopyOnWriteArrayList<>();
    public final List<JsonNode> received = new CopyOnWriteArrayList<>();
    public final SocketIoServer server;
    public final int port;

    private TestingServer(TestingTransportConfig config) {
        server = new SocketIoServer(config.build(), limiter, new Pages());
        SocketIONamespace namespace = namespace();
        namespace.addConnectListener(client -> client.sendEvent("hello"));
        namespace.addDisconnectListener(
                client -> disconnects.add(SocketHandle.of(client).disconnectReason()));
        namespace.addEventListener("echo", JsonNode.class, (client, data, ack) -> {
            received.add(data);
            client.sendEvent("echo", data);
        });
        port = server.start().getPort();
    }

    public static TestingServer start() {
        return start(config -> {});
    }

    public static TestingServer start(Consumer<TestingTransportConfig> changes) {
        TestingTransportConfig config = new TestingTransportConfig();
        changes.accept(config);
        return new TestingServer(config);
    }

    public SocketIONamespace namespace() {
        return server.namespace("/");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Waits until all sessions have ended. */
    public void awaitNoSessions() {
        await().untilAsserted(() -> {
            assertThat(server.sessions()).isZero();
            assertThat(limiter.openLeases).hasValue(0);
        });
    }

    @Override
    public void close() {
        server.stop(Duration.ofSeconds(5));
        awaitNoSessions();
        assertThat(limiter.releasedTwice).hasValue(0);
    }

    /** Answers with the path. */
    @Sharable
    private static final class Pages extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    ByteBufUtil.writeUtf8(ctx.alloc(), "page " + request.uri()));
            response.headers()
                    .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
            ctx.writeAndFlush(response);
        }
    }

    /** The session that a client's socket is on. */
    public static EngineSession sessionOf(SocketIOClient client) {
        return NamespaceSocket.of(client).session();
    }
}
