package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpExpectationFailedEvent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/** The handlers of every new connection, from the bytes to the two that answer: Socket.IO and the pages. */
@SuppressWarnings("FutureReturnValueIgnored") // a failed close needs no handling
final class ServerPipeline extends ChannelInitializer<Channel> {
    /** The handler of all paths that are not under the Socket.IO path. */
    static final String PAGES = "pages";

    private final TransportConfig config;
    private final Optional<SslContext> tls;
    private final HostCheck hosts;
    private final EngineHandler engine;
    private final Requesters requesters;
    private final ChannelInboundHandler pages;
    private final UnfinishedInput unfinished;
    private final QueuedOutput output;

    ServerPipeline(
            TransportConfig config,
            Optional<SslContext> tls,
            HostCheck hosts,
            EngineHandler engine,
            ChannelInboundHandler pages,
            ByteBudget unfinished,
            QueuedOutput output) {
        this.config = config;
        this.tls = tls;
        this.hosts = hosts;
        this.engine = engine;
        this.requesters = engine.requesters();
        this.pages = pages;
        this.unfinished = new UnfinishedInput(unfinished);
        this.output = output;
    }

    @Override
    protected void initChannel(Channel channel) {
        requesters.attachTo(channel);
        ChannelPipeline pipeline = channel.pipeline();
        tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
        pipeline.addLast(unfinished.newMeter());
        pipeline.addLast(output.newMeter(tls.isPresent()));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig()
                .setMaxInitialLineLength(config.limits().maxUriLength())
                .setMaxHeaderSize(config.limits().maxHeaderBytes())));
        pipeline.addLast(new HttpGuard(config.timeouts()));
        pipeline.addLast(new BodyAggregator());
        if (config.compression().isPresent()) {
            pipeline.addLast(WebSocketCompression.newNegotiator(config.limits().maxPayload()));
        }
        pipeline.addLast(engine);
        pipeline.addLast(PAGES, pages);
    }

    /** A connection could not be set up; it is closed. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (OutOfMemory.report(cause)) {
            ctx.close();
        } else {
            super.exceptionCaught(ctx, cause);
        }
    }

    /**
     * Assembles complete requests. It refuses requests that are too long, or for a session or host that this server
     * does not have, only after it has read and dropped them, since few clients listen while they send.
     */
    private final class BodyAggregator extends HttpObjectAggregator {
        private HttpExchange refused; // the request that is being read and dropped
        private EngineError refusal;
        private boolean dropping; // no part of it is examined

        BodyAggregator() {
            super(config.limits().maxPayload());
        }

        @Override
        protected Object newContinueResponse(HttpMessage start, int maxLength, ChannelPipeline pipeline) {
            boolean tooLong = HttpUtil.getContentLength(start, 0L) > maxLength;
            if (tooLong && HttpUtil.is100ContinueExpected(start)) {
                pipeline.fireUserEventTriggered(HttpExpectationFailedEvent.INSTANCE); // no body will come
            }
            return tooLong ? null : super.newContinueResponse(start, maxLength, pipeline);
        }

        @Override
        protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
            HttpExchange exchange = engine.exchange(ctx, (HttpRequest) oversized);
            if (HttpUtil.is100ContinueExpected(oversized)) {
                exchange.answer(EngineError.PAYLOAD_TOO_LARGE);
            } else {
                refuse(exchange, EngineError.PAYLOAD_TOO_LARGE);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            if (message instanceof HttpRequest start && start.decoderResult().isSuccess()) {
                judge(ctx, start);
            }
            boolean isLast = message instanceof LastHttpContent;
            if (dropping) {
                ReferenceCountUtil.release(message);
            } else {
                super.channelRead(ctx, message);
            }
            if (refused != null) {
                UnfinishedInput.settle(ctx.pipeline()); // dropped input is not kept
            }
            if (isLast) {
                dropping = false;
                if (refused != null) {
                    refused.answer(refusal);
                    refuse(null, null);
                }
            }
        }

        /** A client that sends {@code Expect: 100-continue} is refused before it sends its body, and sends nothing. */
        private void judge(ChannelHandlerContext ctx, HttpRequest start) {
            boolean asksFirst = HttpUtil.is100ContinueExpected(start);
            EngineError error = hosts.refusalOf(ctx.channel(), start);
            if (error != null) {
                start.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            } else if (!asksFirst && engine.isForUnknownSession(ctx.channel(), start)) {
                error = EngineError.UNKNOWN_SID;
            }
            dropping = error != null;
            if (dropping && asksFirst) {
                engine.exchange(ctx, start).answer(error);
            } else if (dropping) {
                refuse(engine.exchange(ctx, start), error);
            }
        }

        private void refuse(HttpExchange exchange, EngineError error) {
            refused = exchange;
            refusal = error;
        }
    }
}
