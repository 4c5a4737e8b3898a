package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Io;
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
import java.util.concurrent.TimeUnit;

/**
 * The threads of the server: one accepts connections, the others serve them.
 *
 * @param channelType the server channel that fits the groups
 */
record EventLoops(EventLoopGroup acceptor, EventLoopGroup workers, Class<? extends ServerChannel> channelType) {
    private static final long STOP_TIMEOUT = 5000; // ms

    /**
     * @param io one that is not {@link #unavailability unavailable}
     * @param threads workers; 0 for one a processor
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
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("acceptor"), io),
                new MultiThreadIoEventLoopGroup(workers, new DefaultThreadFactory("io"), io),
                channelType);
    }

    /** Why it cannot be had here; null if it can. */
    static Throwable unavailability(Io io) {
        return switch (io) {
            case AUTO, NIO -> null;
            case EPOLL -> Epoll.unavailabilityCause();
            case IO_URING -> IoUring.unavailabilityCause();
        };
    }

    void stop() {
        acceptor.shutdownGracefully(0, STOP_TIMEOUT, TimeUnit.MILLISECONDS).syncUninterruptibly();
        workers.shutdownGracefully(0, STOP_TIMEOUT, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
