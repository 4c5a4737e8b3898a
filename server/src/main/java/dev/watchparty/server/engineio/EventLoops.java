package dev.watchparty.server.engineio;

import dev.watchparty.server.engineio.TransportConfig.Io;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of the server: one accepts connections, the others serve them.
 *
 * @param channelType the server channel that fits the groups
 */
@API(status = API.Status.INTERNAL)
public record EventLoops(EventLoopGroup acceptor, EventLoopGroup workers, Class<? extends ServerChannel> channelType) {
    private static final Logger log = LoggerFactory.getLogger(EventLoops.class);

    /**
     * @param io one that is not {@link #unavailability unavailable}
     * @param threads workers; 0 for one per processor
     * @throws IllegalStateException if the system does not provide the resources they need; none is left behind
     */
    static EventLoops start(Io io, int threads) {
        int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        return switch (io) {
            case AUTO -> start(Epoll.isAvailable() ? Io.EPOLL : Io.NIO, threads);
            case NIO -> start(NioIoHandler.newFactory(), workers, NioServerSocketChannel.class);
            case EPOLL -> start(EpollIoHandler.newFactory(), workers, EpollServerSocketChannel.class);
            case IO_URING -> start(IoUringIoHandler.newFactory(), workers, IoUringServerSocketChannel.class);
        };
    }

    private static EventLoops start(IoHandlerFactory io, int workers, Class<? extends ServerChannel> channelType) {
        EventLoopGroup acceptor =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("watchparty-acceptor"), io);
        EventLoopGroup workersOrNull = null;
        try {
            workersOrNull = new MultiThreadIoEventLoopGroup(workers, new DefaultThreadFactory("watchparty-io"), io);
            EventLoops loops = new EventLoops(acceptor, workersOrNull, channelType);
            loops.startThreads();
            return loops;
        } catch (RuntimeException | Error e) {
            abandon(acceptor);
            abandon(workersOrNull);
            throw e;
        }
    }

    private static void abandon(EventLoopGroup groupOrNull) {
        if (groupOrNull != null) {
            groupOrNull.shutdownGracefully(0, 0, TimeUnit.NANOSECONDS);
        }
    }

    /** Starts them now, not with the first connection: if no thread is available, the server must not start. */
    private void startThreads() {
        List.of(acceptor, workers)
                .forEach(group -> group.forEach(loop -> loop.submit(() -> {}).syncUninterruptibly()));
    }

    /** Why it is unavailable here; null if it is available. */
    public static Throwable unavailability(Io io) {
        return switch (io) {
            case AUTO, NIO -> null;
            case EPOLL -> Epoll.unavailabilityCause();
            case IO_URING -> IoUring.unavailabilityCause();
        };
    }

    /**
     * Stops them. A thread that is blocked for longer is left behind: it ends by itself when it can.
     *
     * @param deadline how long to wait at most; System.nanoTime()
     */
    void stop(long deadline) {
        Future<?> accepting = acceptor.shutdownGracefully(0, left(deadline), TimeUnit.NANOSECONDS);
        Future<?> working = workers.shutdownGracefully(0, left(deadline), TimeUnit.NANOSECONDS);
        if (!isDone(accepting, deadline) || !isDone(working, deadline)) {
            log.warn("an event loop is blocked and has not stopped in time");
        }
    }

    private static boolean isDone(Future<?> stop, long deadline) {
        return stop.awaitUninterruptibly(left(deadline), TimeUnit.NANOSECONDS);
    }

    private static long left(long deadline) {
        return Math.max(0, deadline - System.nanoTime());
    }
}
