package dev.watchparty.server.engineio;

import dev.watchparty.server.eventloop.OutOfMemory;
import dev.watchparty.server.logging.LogText;
import dev.watchparty.server.logging.ThrottledLog;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of the listening channel. It logs why connections could not be accepted. Netty's acceptor has
 * already paused for a second, so that it does not retry without a break; meanwhile new clients wait in the system's
 * queue.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);

    /** {@code accept(2)}: EMFILE and ENFILE, as the JDK and Netty word them. */
    private static final String LACK_OF_FILES = "Too many open files";

    private final ThrottledLog lackOfFiles = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .log("connections not accepted: no file descriptors are left; raise the limit of open files (LimitNOFILE of"
                    + " systemd, ulimit -n), or set server.limits.max-connections below it"));
    private final ThrottledLog other = new ThrottledLog(
            count -> log.atWarn().addKeyValue("count", count).log("connections not accepted: {}", this.cause));
    private volatile String cause; // the latest failure for another reason

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
        if (OutOfMemory.report(failure)) {
            return;
        }
        if (String.valueOf(failure.getMessage()).contains(LACK_OF_FILES)) {
            lackOfFiles.count();
        } else {
            cause = LogText.describe(failure);
            other.count();
        }
    }
}
