package dev.watchparty.server.engineio;

import dev.watchparty.server.logging.ThrottledLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the incomplete requests and messages of all clients together, because the server has to keep them.
 *
 * <p>The longest message bounds one client's part; without this second bound, many clients that each stop just before
 * the end would fill the memory. When the bound is exceeded, the connection that has just sent is closed, unless it has
 * sent as little as ordinary clients do.
 */
final class UnfinishedInput {
    private static final Logger log = LoggerFactory.getLogger(UnfinishedInput.class);

    /**
     * How much every connection may have incomplete, bytes: far more than any request of a page, or event of the party.
     */
    private static final int ORDINARY = 16 * 1024;

    private final ByteBudget budget;
    private final ThrottledLog beyond = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("connections closed: all clients together have sent too much that is not complete"));

    UnfinishedInput(ByteBudget budget) {
        this.budget = budget;
    }

    /** Counts one connection's input. It is the pipeline's first handler of plain bytes. */
    Meter newMeter() {
        return new Meter();
    }

    /** A request or message of a connection is complete, or will not be kept. Called on the connection's event loop. */
    static void settle(ChannelPipeline pipeline) {
        Meter meter = pipeline.get(Meter.class);
        if (meter != null) {
            meter.settle();
        }
    }

    final class Meter extends ChannelInboundHandlerAdapter {
        private long unfinished;

        private Meter() {}

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof ByteBuf bytes && !count(bytes.readableBytes())) {
                ReferenceCountUtil.release(message);
                beyond.count();
                ctx.close();
                return;
            }
            ctx.fireChannelRead(message);
        }

        private boolean count(int bytes) {
            unfinished += bytes;
            return budget.take(bytes) || unfinished <= ORDINARY;
        }

        private void settle() {
            budget.giveBack(unfinished);
            unfinished = 0;
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            settle();
        }
    }
}
