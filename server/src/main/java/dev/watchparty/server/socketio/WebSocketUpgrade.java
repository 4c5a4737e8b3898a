package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Compression;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Turns an HTTP connection into a WebSocket: RFC 6455 section 4.2. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, which is heard of
final class WebSocketUpgrade {
    private final Cors cors;
    private final int maxPayload;
    private final Optional<Compression> compression;
    private final WebSocketServerHandshakerFactory handshakers;

    WebSocketUpgrade(TransportConfig config, Cors cors) {
        this.cors = cors;
        this.maxPayload = config.limits().maxPayload();
        this.compression = config.compression();
        this.handshakers = new WebSocketServerHandshakerFactory(
                null,
                null,
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(maxPayload)
                        .allowExtensions(compression.isPresent())
                        .build());
    }

    /**
     * Answers the handshake and puts the handlers of a WebSocket in the place of those of HTTP.
     *
     * @param sessionOf gives the session that the WebSocket is for, which is told of it there
     * @return fails if there is no WebSocket then; the client has been told
     */
    ChannelFuture upgrade(
            ChannelHandlerContext ctx,
            HttpExchange exchange,
            FullHttpRequest request,
            Function<WebSocketTransport, EngineSession> sessionOf) {
        Channel channel = ctx.channel();
        ChannelPromise upgraded = ctx.newPromise();
        WebSocketServerHandshaker handshaker = handshakers.newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(channel)
                    .addListener(ChannelFutureListener.CLOSE);
            return upgraded.setFailure(new WebSocketHandshakeException("unsupported version"));
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        cors.addTo(headers, request.headers().get(HttpHeaderNames.ORIGIN));
        try {
            handshaker
                    .handshake(channel, request, headers, channel.newPromise())
                    .addListener((ChannelFutureListener) answered -> {
                        if (answered.isSuccess()) {
                            replaceHandlers(channel.pipeline(), ctx, sessionOf);
                            upgraded.setSuccess();
                        } else {
                            upgraded.setFailure(answered.cause());
                            channel.close();
                        }
                    });
        } catch (WebSocketHandshakeException e) {
            exchange.answer(EngineError.BAD_REQUEST);
            upgraded.setFailure(e);
        }
        return upgraded;
    }

    private void replaceHandlers(
            ChannelPipeline pipeline,
            ChannelHandlerContext engine,
            Function<WebSocketTransport, EngineSession> sessionOf) {
        OptionalInt threshold = WebSocketCompression.isNegotiated(pipeline)
                ? OptionalInt.of(compression.orElseThrow().threshold())
                : OptionalInt.empty();
        pipeline.remove(HttpGuard.class);
        pipeline.remove(ServerPipeline.PAGES);
        pipeline.addLast(new Utf8FrameValidator(false));
        pipeline.addLast(new WebSocketFrameAggregator(maxPayload));
        pipeline.addLast(new WebSocketHandler(sessionOf, threshold));
        pipeline.remove(engine.name());
    }
}
