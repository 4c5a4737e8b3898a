package dev.watchparty.server.socketio;

import com.corundumstudio.socketio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Engine.IO v4, "WebSocket": every packet in a frame of its own. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, which is heard of
final class WebSocketTransport implements EngineTransport {
    /** How long a close frame may take to leave, ms, before the connection is cut. */
    private static final long CLOSE_TIMEOUT = 2000;

    private final ChannelHandlerContext ctx;
    private final OptionalInt compressionThreshold;
    private final AtomicBoolean closing = new AtomicBoolean();
    private boolean flushing;

    /** @param compressionThreshold the shortest payload to compress, bytes; empty if the client does not inflate */
    WebSocketTransport(ChannelHandlerContext ctx, OptionalInt compressionThreshold) {
        this.ctx = ctx;
        this.compressionThreshold = compressionThreshold;
    }

    @Override
    public Transport name() {
        return Transport.WEBSOCKET;
    }

    EventLoop loop() {
        return channel().eventLoop();
    }

    private Channel channel() {
        return ctx.channel();
    }

    @Override
    public boolean isReady() {
        return channel().isWritable();
    }

    /**
     * Writes until the channel has enough to do; when it wants more it asks for another flush.
     *
     * <p>INVARIANT: runs on the channel's own event loop only, since a write from there overtakes one from elsewhere.
     */
    @Override
    public void flush(Outbox outbox) {
        if (flushing) {
            return; // a write or flush below has changed the channel's writability, and the loop below sees it
        }
        flushing = true;
        try {
            boolean written;
            do {
                written = false;
                OutboundMessage message;
                while (channel().isWritable() && (message = outbox.poll()) != null) {
                    ctx.write(takeFrames(message), ctx.voidPromise());
                    written = true;
                }
                if (written) {
                    ctx.flush();
                }
            } while (written);
        } finally {
            flushing = false;
        }
    }

    private ByteBuf takeFrames(OutboundMessage message) {
        return compressionThreshold.isPresent()
                ? message.takeCompressedFrames(compressionThreshold.getAsInt())
                : message.takeFrames();
    }

    /** Answers the probe of an upgrade, past the queue: "Upgrade". */
    void answerProbe() {
        ctx.writeAndFlush(new TextWebSocketFrame("3" + EnginePacket.PROBE));
    }

    /** Reads no more until {@link #resumeReading}. Any thread. */
    void pauseReading() {
        channel().config().setAutoRead(false);
    }

    void resumeReading() {
        channel().config().setAutoRead(channel().isWritable());
    }

    /** Answers the client's close frame: RFC 6455 section 5.5.1. */
    void answerClose() {
        if (closing.compareAndSet(false, true)) {
            writeClose(WebSocketCloseStatus.NORMAL_CLOSURE);
        }
    }

    /** Any thread. */
    @Override
    public void close(DisconnectReason reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        if (reason == DisconnectReason.SLOW_CONSUMER || reason == DisconnectReason.PING_TIMEOUT) {
            ctx.close(); // a close frame would wait behind all that the client does not read
            return;
        }
        writeClose(statusOf(reason));
    }

    private void writeClose(WebSocketCloseStatus status) {
        ctx.writeAndFlush(new CloseWebSocketFrame(status, "")).addListener(ChannelFutureListener.CLOSE);
        loop().schedule(() -> ctx.close(), CLOSE_TIMEOUT, TimeUnit.MILLISECONDS);
    }

    private static WebSocketCloseStatus statusOf(DisconnectReason reason) {
        return switch (reason) {
            case PROTOCOL_ERROR -> WebSocketCloseStatus.PROTOCOL_ERROR;
            case LIMIT_EXCEEDED -> WebSocketCloseStatus.POLICY_VIOLATION;
            case SERVER_SHUTDOWN -> WebSocketCloseStatus.SERVICE_RESTART;
            default -> WebSocketCloseStatus.NORMAL_CLOSURE;
        };
    }
}
