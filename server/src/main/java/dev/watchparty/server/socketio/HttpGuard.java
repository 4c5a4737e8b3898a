package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Timeouts;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes the connections that do nothing but take room: whose request does not get whole, whose next one does not come,
 * or whose client does not read its answer. A request that waits for its answer may wait for ever; a long poll does.
 *
 * <p>INVARIANT: a connection has one request at a time, so that no answer overtakes another. Who sends a second before
 * the first is answered (HTTP pipelining, which no browser does) is cut off.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, which is heard of
final class HttpGuard extends ChannelDuplexHandler {
    private final Timeouts timeouts;
    private Future<?> timer;
    private boolean receiving; // a request has begun and is not whole
    private boolean answering; // a request has begun and its answer has not been written
    private long unsentBytes;

    HttpGuard(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        start(ctx, timeouts.request(), () -> ctx.close());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest) {
            if (answering) {
                ReferenceCountUtil.release(message);
                ctx.close();
                return;
            }
            receiving = true;
            answering = true;
            start(ctx, timeouts.request(), () -> ctx.close());
        }
        if (message instanceof LastHttpContent) {
            receiving = false;
            if (answering) {
                stop();
            } else {
                awaitNext(ctx);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.CONTINUE.code();
        ctx.write(message, promise);
        if (message instanceof LastHttpContent && !interim) {
            answering = false;
            if (!receiving) {
                awaitNext(ctx);
            }
        }
    }

    /** Waits for the next request, and as long as the last answer moves on. */
    private void awaitNext(ChannelHandlerContext ctx) {
        unsentBytes = unsentBytes(ctx);
        start(ctx, timeouts.idle(), () -> {
            long before = unsentBytes;
            if (unsentBytes(ctx) < before) {
                awaitNext(ctx);
            } else {
                ctx.close();
            }
        });
    }

    private static long unsentBytes(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    private void start(ChannelHandlerContext ctx, Duration delay, Runnable task) {
        stop();
        timer = ctx.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
