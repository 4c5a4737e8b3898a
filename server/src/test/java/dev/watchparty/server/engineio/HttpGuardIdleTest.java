package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.engineio.TransportConfig.Timeouts;
import dev.watchparty.server.eventloop.TestingWheel;
import dev.watchparty.server.eventloop.TimerWheel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The exact time that a connection may be idle after an answer. */
final class HttpGuardIdleTest {
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TestingWheel time = new TestingWheel();
    private final SlowChannel channel = new SlowChannel();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void closesAnIdleConnectionInTime() {
        answer();

        assertClosesWithin(TimerWheel.TICK + 1);
    }

    @Test
    void countsFromTheLastAnswer() {
        answer();
        time.advance(59 * SECOND);
        answer();

        assertClosesWithin(TimerWheel.TICK + 1);
    }

    @Test
    void closesAClientThatDoesNotReadAtMostAnEighthLater() {
        channel.capacity = 10;
        answer();
        time.advance(50 * SECOND);
        channel.read(10);

        assertClosesWithin(60 * SECOND / 8 + TimerWheel.TICK);
    }

    @Test
    void keepsAClientThatReadsSlowly() {
        channel.capacity = 0;
        answer();
        for (int i = 0; i < 20; i++) {
            time.advance(59 * SECOND);
            channel.read(1);
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void startsNoTimerForAConnectionThatHasGone() {
        request();
        channel.close();
        time.advance(30 * SECOND);
        respond();
        time.advance(31 * SECOND); // the request's own time is over

        assertThat(time.isAsleep()).isTrue();
    }

    /** @param lateness ns, after nearly a minute in which it stays open */
    private void assertClosesWithin(long lateness) {
        time.advance(60 * SECOND - 1);
        assertThat(channel.isOpen()).isTrue();
        time.advance(lateness);
        assertThat(channel.isOpen()).isFalse();
    }

    private void answer() {
        request();
        respond();
    }

    private void request() {
        channel.writeInbound(Unpooled.copiedBuffer("GET / HTTP/1.1\r\nHost: h\r\n\r\n", UTF_8));
        for (Object part = channel.readInbound(); part != null; part = channel.readInbound()) {
            ReferenceCountUtil.release(part);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a closed connection accepts no write
    private void respond() {
        channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
    }

    /** Accepts as many bytes as its client has room for. */
    private final class SlowChannel extends EmbeddedChannel {
        private int capacity = Integer.MAX_VALUE; // bytes

        SlowChannel() {
            pipeline()
                    .addLast(
                            new HttpServerCodec(),
                            new HttpGuard(new Timeouts(IDLE, IDLE, IDLE, IDLE, IDLE, IDLE), loop -> time.wheel));
        }

        void read(int bytes) {
            capacity += bytes;
            flush();
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer in) {
            while (in.current() != null && capacity > 0) {
                int taken = Math.min(capacity, ((ByteBuf) in.current()).readableBytes());
                capacity -= taken;
                in.removeBytes(taken);
                if (taken == 0) {
                    in.remove(); // empty
                }
            }
        }
    }
}
