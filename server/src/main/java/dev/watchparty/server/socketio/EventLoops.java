package dev.watchparty.server.socketio;

import dev.watchparty.server.socketio.TransportConfig.Io;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The threads of the server: one accepts connections, the others serve them.
 *
 * @param channelType the server channel that fits the groups
 */
record EventLoops(EventLoopGroup acceptor, EventLoopGroup workers, Class<? extends ServerChannel> channelType) {
    private static final long STOP_TIMEOUT = 5000; // ms

    /**
     * @param threads workers; 0 for one a processor
     * @throws IllegalStateException if epoll is asked for and cannot be had
     */
    static EventLoops start(Io io, int threads) {
        int workers = threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
        ThreadFactory acceptorThreads = new DefaultThreadFactory("acceptor");
        ThreadFactory workerThreads = new DefaultThreadFactory("io");
        if (usesEpoll(io)) {
            return new EventLoops(
                    new EpollEventLoopGroup(1, acceptorThreads),
                    new EpollEventLoopGroup(workers, workerThreads),
                    EpollServerSocketChannel.class);
        }
        return new EventLoops(
                new NioEventLoopGroup(1, acceptorThreads),
                new NioEventLoopGroup(workers, workerThreads),
                NioServerSocketChannel.class);
    }

    private static boolean usesEpoll(Io io) {
        return switch (io) {
            case AUTO -> Epoll.isAvailable();
            case NIO -> false;
            case EPOLL -> {
                if (!Epoll.isAvailable()) {
                    throw new IllegalStateException("epoll is not available here", Epoll.unavailabilityCause());
                }
                yield true;
            }
        };
    }

    void stop() {
        acceptor.shutdownGracefully(0, STOP_TIMEOUT, TimeUnit.MILLISECONDS).syncUninterruptibly();
        workers.shutdownGracefully(0, STOP_TIMEOUT, TimeUnit.MILLISECONDS).syncUninterruptibly();
    }
}
