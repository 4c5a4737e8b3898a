package dev.watchparty.server.engineio;

import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.eventloop.TimerWheel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Function;

/**
 * Closes connections that only hold resources: a request that does not become complete, a next request that does not
 * come, or a client that does not read its answer. A request may wait for its answer for ever, as a long poll does.
 *
 * <p>INVARIANT: a connection has one request at a time, so that no answer overtakes another. A client that sends a
 * second request before the first is answered (HTTP pipelining, which no browser does) is cut off.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class HttpGuard extends ChannelDuplexHandler {
    /** How often progress is checked within the time that an answer may stand still. */
    private static final int LOOKS = 8;

    private final Timeouts timeouts;
    private final Function<EventLoop, TimerWheel> wheels;
    private final Timer timer = new Timer();
    private boolean receiving; // a request has begun and is not complete
    private boolean answering; // a request has begun and its answer has not been written
    private boolean waiting; // for the next request, and for the last answer to be read
    private long unsentBytes; // of the last answer, when it last made progress
    private long movedAt;
    private ChannelHandlerContext ctx;
    private TimerWheel wheel;

    HttpGuard(Timeouts timeouts) {
        this(timeouts, TimerWheel::of);
    }

    /** @param wheels gives the timers of an event loop */
    HttpGuard(Timeouts timeouts, Function<EventLoop, TimerWheel> wheels) {
        this.timeouts = timeouts;
        this.wheels = wheels;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        this.ctx = ctx;
        wheel = wheels.apply(ctx.channel().eventLoop());
        awaitRequest();
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

    private void stop() {
        waiting = false;
        wheel.cancel(timer);
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
            awaitRequest();
        }
        if (message instanceof LastHttpContent) {
            receiving = false;
            if (answering) {
                wheel.cancel(timer);
            } else {
                awaitNext();
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
                awaitNext();
            }
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (waiting && unsentBytes > 0) {
            awaitNext(); // usually all of the answer has left now
        }
    }

    /** Waits until the request is complete. */
    private void awaitRequest() {
        waiting = false;
        wheel.start(timer, timeouts.request().toNanos());
    }

    /** Waits for the next request, for as long as the last answer makes progress. */
    private void awaitNext() {
        if (!ctx.channel().isActive()) {
            return;
        }
        waiting = true;
        unsentBytes = unsentBytes();
        movedAt = wheel.nanoTime();
        awaitMove(timeouts.idle().toNanos());
    }

    /** @param left how much longer the connection may stand still, ns */
    private void awaitMove(long left) {
        long look = timeouts.idle().toNanos() / LOOKS;
        wheel.start(timer, unsentBytes == 0 ? left : Math.min(left, look));
    }

    private long unsentBytes() {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    private final class Timer extends TimerWheel.Timer {
        @Override
        protected void expire() {
            if (!waiting) {
                ctx.close();
                return;
            }
            if (unsentBytes() < unsentBytes) {
                awaitNext();
                return;
            }
            long left = movedAt + timeouts.idle().toNanos() - wheel.nanoTime();
            if (left > 0) {
                awaitMove(left);
            } else {
                ctx.close();
            }
        }
    }
}
