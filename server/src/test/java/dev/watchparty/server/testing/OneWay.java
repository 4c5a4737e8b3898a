package dev.watchparty.server.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * One direction of a connection, as a handler of the channel that the bytes come from. They arrive in order, and each
 * when it is due.
 */
abstract class OneWay extends ChannelInboundHandlerAdapter {
    private static final int CHUNKS_UNDERWAY = 64;
    private static final byte[] END = {};

    private final NetworkConnection connection;
    private final Queue<Piece> underway = new ArrayDeque<>();
    private Channel from;
    private long latestDueNanos = System.nanoTime();
    private boolean isTimerSet;

    /** Some bytes, and the time from which on they may arrive. */
    private static final class Piece {
        private final byte[] bytes;
        private final long dueNanos;

        Piece(byte[] bytes, long dueNanos) {
            this.bytes = bytes;
            this.dueNanos = dueNanos;
        }
    }

    OneWay(NetworkConnection connection) {
        this.connection = connection;
    }

    /** When bytes that leave now arrive, by {@link System#nanoTime}. */
    abstract long dueNanos();

    /** Takes bytes as they came, and returns the pieces that are to arrive now. */
    List<byte[]> split(byte[] bytes) {
        return List.of(bytes);
    }

    /** The channel that the bytes go to. */
    abstract Channel to();

    /** Whether that channel takes bytes now. */
    boolean isReady() {
        return to().isWritable();
    }

    /** Is called when all bytes have arrived, and then the end. */
    abstract void end();

    /** The first bytes that have not arrived, of length 0 if the end comes first. */
    final Optional<byte[]> first() {
        return Optional.ofNullable(underway.peek()).map(piece -> piece.bytes);
    }

    /** Delivers the pieces that are due, and reads on if there is room. */
    final void proceed() {
        for (Piece next = underway.peek(); next != null && isReady(); next = underway.peek()) {
            long wait = next.dueNanos - System.nanoTime();
            if (wait > 0) {
                setTimer(wait);
                break;
            }
            underway.remove();
            if (next.bytes == END) {
                to().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(arrived -> end());
            } else {
                to().write(Unpooled.wrappedBuffer(next.bytes));
            }
        }
        to().flush();
        if (underway.size() < CHUNKS_UNDERWAY) {
            from.read();
        }
    }

    private void setTimer(long nanos) {
        if (isTimerSet) {
            return;
        }
        isTimerSet = true;
        Runnable wake = () -> {
            isTimerSet = false;
            connection.proceed();
        };
        from.eventLoop().schedule(wake, nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext context) {
        from = context.channel();
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        try {
            split(ByteBufUtil.getBytes(buffer)).forEach(this::send);
        } finally {
            buffer.release();
        }
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        connection.proceed();
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        send(END);
        connection.proceed();
    }

    private void send(byte[] bytes) {
        latestDueNanos = Math.max(latestDueNanos, dueNanos());
        underway.add(new Piece(bytes, latestDueNanos));
    }

    @Override
    public final void channelWritabilityChanged(ChannelHandlerContext context) {
        connection.proceed();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
