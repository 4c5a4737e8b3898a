package dev.watchparty.server.socketio;

import dev.watchparty.server.config.TransportConfig;
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
import java.util.function.Supplier;

/** Turns an HTTP connection into a WebSocket: RFC 6455 section 4.2. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, which is heard of
final class WebSocketUpgrade {
    private final Cors cors;
    private final int maxPayload;
    private final WebSocketServerHandshakerFactory handshakers;

    WebSocketUpgrade(TransportConfig config, Cors cors) {
        this.cors = cors;
        this.maxPayload = config.limits().maxPayload();
        this.handshakers = new WebSocketServerHandshakerFactory(
                null,
                null,
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(maxPayload)
                        .build());
    }

    /**
     * Answers the handshake and puts the handlers of a WebSocket in the place of those of HTTP.
     *
     * @param lastHandler makes the handler that receives whole messages
     * @return fails if there is no WebSocket then; the client has been told
     */
    ChannelFuture upgrade(
            ChannelHandlerContext ctx,
            HttpExchange exchange,
            FullHttpRequest request,
            Supplier<WebSocketHandler> lastHandler) {
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
                            replaceHandlers(channel.pipeline(), ctx, lastHandler.get());
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

    private void replaceHandlers(ChannelPipeline pipeline, ChannelHandlerContext engine, WebSocketHandler lastHandler) {
        pipeline.remove(HttpGuard.class);
        pipeline.remove(ServerPipeline.PAGES);
        pipeline.addLast(new Utf8FrameValidator(false));
        pipeline.addLast(new WebSocketFrameAggregator(maxPayload));
        pipeline.addLast(lastHandler);
        pipeline.remove(engine.name());
    }
}
