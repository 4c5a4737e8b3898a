package dev.watchparty.bench.client;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * Members on one event loop.
 *
 * <p>INVARIANT: all state of it and of its members belongs to the event loop. Other threads use {@link #run}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the viewer of a connection sees its failures
public final class Party implements AutoCloseable {
    private static final int READ_SIZE = 16 * 1024;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Bootstrap bootstrap = new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE));
    private final ToIntFunction<Member> ports;
    private final MemberListener listener;
    private final Random random;
    private final List<Member> members = new ArrayList<>();

    /**
     * Makes an empty party.
     *
     * @param ports returns the port of the node that a member comes to next
     * @param random for the delays before members come back
     */
    public Party(ToIntFunction<Member> ports, MemberListener listener, Random random) {
        this.ports = requireNonNull(ports, "ports is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** Lets another member come to a room. */
    public void add(String room) {
        run(() -> {
            Member member = new Member(this, members.size(), room);
            members.add(member);
            member.connect();
        });
    }

    /** On the event loop. */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    int portOf(Member member) {
        return ports.applyAsInt(member);
    }

    MemberListener listener() {
        return listener;
    }

    Random random() {
        return random;
    }

    void open(Viewer viewer, int port) {
        viewer.open(bootstrap, new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        viewer.refused(connected.cause());
                    }
                });
    }

    /** Runs a task on the event loop later. */
    public void after(Duration delay, Runnable task) {
        loop.schedule(
                () -> {
                    if (!loop.isShuttingDown()) {
                        task.run();
                    }
                },
                delay.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /** Runs a task on the event loop, and waits for it. */
    public void run(Runnable task) {
        loop.submit(task).syncUninterruptibly();
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        run(() -> members.forEach(Member::leave));
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
