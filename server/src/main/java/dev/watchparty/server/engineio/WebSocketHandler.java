package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The last handler of a WebSocket: hands its frames to the session. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class WebSocketHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger log = LoggerFactory.getLogger(WebSocketHandler.class);

    private Function<WebSocketTransport, EngineSession> sessionOf; // null after it has been called
    private final OptionalInt compressionThreshold;
    private WebSocketTransport transport;
    private EngineSession session;

    /**
     * @param sessionOf returns the session of this WebSocket, and notifies that session
     * @param compressionThreshold the shortest payload to compress, bytes; empty if the client does not inflate
     */
    WebSocketHandler(Function<WebSocketTransport, EngineSession> sessionOf, OptionalInt compressionThreshold) {
        this.sessionOf = sessionOf;
        this.compressionThreshold = compressionThreshold;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        transport = new WebSocketTransport(ctx, compressionThreshold);
        session = sessionOf.apply(transport);
        sessionOf = null; // it refers to the HTTP handlers, which are no longer needed
    }

    /** Sends the waiting messages of its whole loop, and with them everything already written to its channel. */
    void flush() {
        transport.deliveries().drain();
        transport.flush();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame.rsv() != 0) {
            throw new CorruptedWebSocketFrameException(
                    WebSocketCloseStatus.PROTOCOL_ERROR, "extension that was not negotiated");
        }
        if (frame instanceof TextWebSocketFrame text) {
            UnfinishedInput.settle(ctx.pipeline());
            session.input().onText(transport, text.text());
        } else if (frame instanceof BinaryWebSocketFrame) {
            UnfinishedInput.settle(ctx.pipeline());
            session.input().onBinary(transport, ByteBufUtil.getBytes(frame.content()));
        } else if (frame instanceof PingWebSocketFrame) {
            ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()), ctx.voidPromise());
            session.input().onControlFrame();
        } else if (frame instanceof CloseWebSocketFrame close) {
            transport.answerClose();
            session.input().onWebSocketClosed(transport, reasonOf(close));
        } else {
            session.input().onControlFrame();
        }
    }

    /**
     * RFC 6455, section 7.4.1. A client that reports a normal end has left. A client that gives no reason may reconnect
     * in a moment; browsers give none when a page's own code closes the connection.
     */
    private static DisconnectReason reasonOf(CloseWebSocketFrame close) {
        int status = close.statusCode();
        return status == WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code()
                        || status == WebSocketCloseStatus.NORMAL_CLOSURE.code()
                ? DisconnectReason.PAGE_CLOSED
                : DisconnectReason.TRANSPORT_CLOSE;
    }

    /**
     * Goes on with the waiting messages, and stops reading from a client that does not read; its pings are not read
     * either.
     */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        boolean writable = ctx.channel().isWritable();
        ctx.channel().config().setAutoRead(writable);
        if (writable) {
            session.flush();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.input().onWebSocketClosed(transport, DisconnectReason.TRANSPORT_CLOSE);
        ctx.fireChannelInactive();
    }

    private static boolean isTooLong(Throwable cause) {
        return cause instanceof TooLongFrameException
                || (cause instanceof CorruptedWebSocketFrameException corrupted
                        && corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG));
    }

    /** A frame that violates RFC 6455, a message that is too long, or a broken connection. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (isTooLong(cause)) {
            EngineError.PAYLOAD_TOO_LARGE.count();
        }
        boolean isLackOfMemory = OutOfMemory.report(cause);
        log.debug("WebSocket closed: {}", cause.toString());
        if (isLackOfMemory || cause instanceof IOException) {
            ctx.close();
            return;
        }
        session.input().onWebSocketClosed(transport, DisconnectReason.PROTOCOL_ERROR);
        transport.close(DisconnectReason.PROTOCOL_ERROR);
    }
}
