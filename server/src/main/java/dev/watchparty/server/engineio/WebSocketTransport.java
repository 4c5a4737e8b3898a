package dev.watchparty.server.engineio;

import com.corundumstudio.socketio.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import java.util.OptionalInt;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Engine.IO v4, "WebSocket": every packet in its own frame. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class WebSocketTransport implements EngineTransport {
    /** How long a close frame may take to leave, ms, before the connection is cut. */
    private static final long CLOSE_TIMEOUT = 2000;

    private static final int NO_COMPRESSION = -1;

    private final ChannelHandlerContext ctx;
    private final ChannelHandlerContext encoder;
    private final Channel channel;
    private final int compressionThreshold; // NO_COMPRESSION for none
    private final AtomicBoolean closing = new AtomicBoolean();
    private final Deliveries deliveries;
    private boolean flushing;
    private boolean written; // and not flushed

    /**
     * Called on the event loop.
     *
     * @param compressionThreshold the shortest payload to compress, bytes; empty if the client does not inflate
     */
    WebSocketTransport(ChannelHandlerContext ctx, OptionalInt compressionThreshold) {
        this.ctx = ctx;
        this.deliveries = Deliveries.of(ctx.channel().eventLoop(), QueuedOutput.of(ctx.pipeline()));
        this.encoder = ctx.pipeline().context(WebSocketFrameEncoder.class);
        this.channel = ctx.channel();
        this.compressionThreshold = compressionThreshold.orElse(NO_COMPRESSION);
    }

    @Override
    public Transport name() {
        return Transport.WEBSOCKET;
    }

    Channel channel() {
        return channel;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public boolean isReady() {
        return channel.isWritable();
    }

    /** Whether it is not ready, but a {@link #flush} may change that. On the event loop. */
    boolean isFullOfUnsent() {
        return written && !isReady();
    }

    /** The messages for the connections of its event loop. */
    Deliveries deliveries() {
        return deliveries;
    }

    /** Writes a message; returns true if it is the first since the last {@link #flush}. On the event loop. */
    boolean write(OutboundMessage message) {
        boolean first = !written;
        written = true;
        encoder.write(frames(message), encoder.voidPromise()); // already framed: it skips the encoder
        return first;
    }

    /**
     * Sends the written messages, and writes more until the channel is full; it asks for another flush when the channel
     * has room again.
     *
     * <p>INVARIANT: runs only on the channel's own event loop, since a write from there overtakes one from elsewhere.
     */
    @Override
    public void flush(Outbox outbox) {
        if (flushing) {
            return; // a write or flush below has changed the channel's writability, and the loop below sees it
        }
        flushing = true;
        try {
            do {
                writeFrom(outbox);
                if (written) {
                    flush();
                }
            } while (isReady() && !outbox.isEmpty());
        } finally {
            flushing = false;
        }
    }

    /** Sends the written messages. */
    void flush() {
        written = false;
        encoder.flush();
    }

    private void writeFrom(Outbox outbox) {
        while (!outbox.isEmpty() && isReady()) {
            OutboundMessage message = outbox.poll();
            if (message == null) {
                return;
            }
            try {
                write(message);
            } finally {
                message.release();
            }
        }
    }

    private ByteBuf frames(OutboundMessage message) {
        return compressionThreshold == NO_COMPRESSION
                ? message.frames()
                : message.compressedFrames(compressionThreshold);
    }

    /** Answers the probe of an upgrade, bypassing the queue: "Upgrade". */
    void answerProbe() {
        ctx.writeAndFlush(new TextWebSocketFrame("3" + EnginePacket.PROBE));
    }

    /** Stops reading until {@link #resumeReading}. Any thread. */
    void pauseReading() {
        channel.config().setAutoRead(false);
    }

    void resumeReading() {
        // On its loop, where nothing can make it writable between the check and the step.
        loop().execute(() -> channel.config().setAutoRead(channel.isWritable()));
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
            ctx.close(); // a close frame would wait behind everything that the client does not read
            return;
        }
        writeClose(statusOf(reason));
    }

    private void writeClose(WebSocketCloseStatus status) {
        if (!channel.isActive()) {
            return;
        }
        ctx.writeAndFlush(new CloseWebSocketFrame(status, "")).addListener(ChannelFutureListener.CLOSE);
        Future<?> cut = loop().schedule(() -> ctx.close(), CLOSE_TIMEOUT, TimeUnit.MILLISECONDS);
        channel.closeFuture().addListener(closed -> cut.cancel(false));
    }

    private static WebSocketCloseStatus statusOf(DisconnectReason reason) {
        return switch (reason) {
            case PROTOCOL_ERROR -> WebSocketCloseStatus.PROTOCOL_ERROR;
            case LIMIT_EXCEEDED -> WebSocketCloseStatus.POLICY_VIOLATION;
            case SERVER_SHUTDOWN -> WebSocketCloseStatus.SERVICE_RESTART;
            case UNAVAILABLE -> WebSocketCloseStatus.TRY_AGAIN_LATER;
            default -> WebSocketCloseStatus.NORMAL_CLOSURE;
        };
    }
}
