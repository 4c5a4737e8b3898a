package dev.watchparty.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/**
 * Many clients of one server, on one event loop.
 *
 * <p>INVARIANT: all of its state, and that of its viewers, belongs to the event loop. Other threads submit work with
 * {@link #run} and {@link #at}.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the viewer of a connection sees its failures
public final class Crowd implements Viewer.Host, AutoCloseable {
    /**
     * The key of RFC 6455 section 1.3. All clients use the same one: it proves nothing to a client that trusts the
     * server.
     */
    public static final String WEB_SOCKET_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    /** Connections from one local to one remote address: below the 28,232 that Linux has ports for. */
    private static final int CONNECTIONS_AN_ADDRESS = 20_000;

    private static final int READ_SIZE = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final IntUnaryOperator portOf;
    private final String auth;
    private final EventLoopGroup loop;
    private final Bootstrap bootstrap;
    private final List<Viewer> viewers = new ArrayList<>();
    private EventListener listener = EventListener.NONE;
    private long bytes;
    private long events;
    private int entered;
    private int toEnter;
    private CompletableFuture<Void> allEntered = new CompletableFuture<>();
    private Runnable onEntered = () -> {};
    private Throwable failure;
    private boolean closing;

    /**
     * Makes an empty crowd.
     *
     * @param port that the server listens on, on all addresses of this machine
     */
    public Crowd(int port) {
        this(port, "");
    }

    /**
     * Makes an empty crowd.
     *
     * @param port that the server listens on, on all addresses of this machine
     * @param auth the payload of each client's CONNECT, in JSON; empty for none
     */
    public Crowd(int port, String auth) {
        this(number -> port, auth);
    }

    /**
     * Makes an empty crowd.
     *
     * @param portOf returns the port for a client's number
     */
    public Crowd(IntUnaryOperator portOf) {
        this(portOf, "");
    }

    private Crowd(IntUnaryOperator portOf, String auth) {
        this.portOf = portOf;
        this.auth = auth;
        boolean epoll = Epoll.isAvailable();
        this.loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 30_000)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE));
    }

    /**
     * Connects this many more clients, and returns when each has received its {@code session:init}.
     *
     * @param inFlight how many may be connecting at a time
     * @param room returns the room for a client's number; empty for the default one
     * @return how long it took
     */
    public Duration connect(int count, int inFlight, IntFunction<String> room) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        long start = System.nanoTime();
        execute(() -> {
            allEntered = done;
            toEnter = entered + count;
            int end = viewers.size() + count;
            onEntered = () -> {
                if (viewers.size() < end) {
                    connectOne(room);
                }
            };
            for (int i = 0; i < Math.min(count, inFlight); i++) {
                connectOne(room);
            }
        });
        await(done, "%d clients to be admitted".formatted(count));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void connectOne(IntFunction<String> room) {
        int number = viewers.size();
        Viewer viewer = new Viewer(this, number, room.apply(number), auth);
        viewers.add(viewer);
        String host = "127.0.0." + (1 + number / CONNECTIONS_AN_ADDRESS);
        viewer.open(bootstrap, new InetSocketAddress(host, portOf.applyAsInt(number)))
                .addListener((ChannelFutureListener) connected -> {
                    if (!connected.isSuccess()) {
                        lost(viewer, connected.cause());
                    }
                });
    }

    @Override
    public void entered(Viewer viewer) {
        requireNonNull(viewer, "viewer is null");
        entered++;
        onEntered.run();
        if (entered == toEnter) {
            allEntered.complete(null);
        }
    }

    @Override
    public void received(int length) {
        bytes += length;
    }

    @Override
    public void heard(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length) {
        events++;
        listener.onEvent(viewer, event, in, index, length);
    }

    @Override
    public void other(Viewer viewer, ByteBuf in, int index, int length) throws IOException {
        int type = in.getByte(index);
        if (type != '0' && type != '2') {
            throw new IOException("message: " + in.toString(index, Math.min(length, 100), US_ASCII));
        }
    }

    @Override
    public void lost(Viewer viewer, Throwable cause) {
        if (closing) {
            return;
        }
        failure = new IllegalStateException(
                "client %d was lost: %s".formatted(viewer.number(), cause.getMessage()), cause);
        allEntered.completeExceptionally(failure);
    }

    /** On the event loop. */
    public Viewer viewer(int number) {
        return viewers.get(number);
    }

    /** On the event loop. */
    public void listenWith(EventListener next) {
        listener = requireNonNull(next, "next is null");
    }

    /** Bytes that the clients have received behind the answers to their upgrades. On the event loop. */
    public long bytes() {
        return bytes;
    }

    /** Events that the clients have received. On the event loop. */
    public long events() {
        return events;
    }

    /** On the event loop, as soon as it is free. */
    private void execute(Runnable task) {
        loop.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                failure = e;
            }
        });
    }

    /** On the event loop, at a time of {@link System#nanoTime}. */
    public void at(long nanoTime, Runnable task) {
        loop.schedule(task, nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** Runs a task on the event loop, and waits for it. */
    public void run(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        await(done, "the event loop");
    }

    /**
     * Waits until a future is complete.
     *
     * @throws IllegalStateException if that takes too long, or a client is lost meanwhile
     */
    public <T> T await(CompletableFuture<T> future, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!future.isDone() && System.nanoTime() < deadline) {
            try {
                return future.get(100, TimeUnit.MILLISECONDS);
            } catch (java.util.concurrent.TimeoutException e) {
                check();
            } catch (java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
        if (future.isDone()) {
            return future.join();
        }
        throw new IllegalStateException("waited %s for %s".formatted(PATIENCE, what));
    }

    /**
     * Checks that no client was lost.
     *
     * @throws IllegalStateException if a client was lost
     */
    public void check() {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        loop.execute(() -> seen.complete(failure));
        Throwable found = seen.join();
        if (found != null) {
            throw new IllegalStateException(found.getMessage(), found);
        }
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        loop.submit(() -> {
                    closing = true;
                    viewers.forEach(Viewer::cut);
                })
                .syncUninterruptibly();
        loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
