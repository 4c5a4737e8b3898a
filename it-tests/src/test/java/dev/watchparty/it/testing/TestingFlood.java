package dev.watchparty.it.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * WebSockets in one room that send and never read: each sets another long name, many times a second.
 *
 * <p>Between processes of one machine the system buffers megabytes for a reader that does not read. These sockets ask
 * for short segments, as on Ethernet, and for small buffers. So the server has to keep nearly everything, as it would
 * for a reader that is far away. Linux only; on other systems the system buffers the first megabytes.
 */
public final class TestingFlood implements AutoCloseable {
    /** {@code tcp(7)}: the longest segment that the other side may send, bytes. */
    private static final ChannelOption<Integer> TCP_MAXSEG = new IntegerUnixChannelOption("TCP_MAXSEG", 6, 2);

    private static final int SEGMENT = 1400;
    private static final int RECEIVE_BUFFER = 4096;
    private static final byte[] MASK = {1, 2, 3, 4};

    private final EventLoopGroup loops;
    private final List<Channel> sockets = new ArrayList<>();
    private int next;

    /** Reads nothing: bytes that arrive stay where they are. It only waits to be cut off. */
    @Sharable
    private static final class NeverRead extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /**
     * Opens the sockets, and begins.
     *
     * @param perSecond names that all sockets set together, one after the other
     */
    public TestingFlood(InetSocketAddress server, int count, String room, int perSecond) {
        boolean epoll = Epoll.isAvailable();
        loops = new MultiThreadIoEventLoopGroup(
                1,
                new DefaultThreadFactory("testing-flood", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
                .handler(new NeverRead());
        if (epoll) {
            bootstrap.option(TCP_MAXSEG, SEGMENT);
        }
        for (int i = 0; i < count; i++) {
            Channel socket = bootstrap.connect(server).syncUninterruptibly().channel();
            socket.writeAndFlush(handshake(server, room), socket.voidPromise());
            socket.writeAndFlush(textFrame("40"), socket.voidPromise());
            sockets.add(socket);
        }
        long interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
        loops.next().scheduleAtFixedRate(this::pongAll, 10, 10, TimeUnit.SECONDS);
        loops.next().scheduleAtFixedRate(this::renameNext, interval, interval, TimeUnit.NANOSECONDS);
    }

    /** Keeps the sessions alive: it answers pings that have not been read. */
    private void pongAll() {
        for (Channel socket : sockets) {
            if (socket.isActive() && socket.isWritable()) {
                socket.writeAndFlush(textFrame("3"), socket.voidPromise());
            }
        }
    }

    private void renameNext() {
        Channel socket = sockets.get(next++ % sockets.size());
        if (socket.isActive() && socket.isWritable()) {
            String name = Character.toString(
                            0x1F600 + ThreadLocalRandom.current().nextInt(64))
                    .repeat(46);
            socket.writeAndFlush(
                    textFrame("42[\"session:join\",{\"username\":\"%s\"}]".formatted(name)), socket.voidPromise());
        }
    }

    private static ByteBuf handshake(InetSocketAddress server, String room) {
        return Unpooled.copiedBuffer(("GET /socket.io/?EIO=4&transport=websocket&room=%s HTTP/1.1\r\nHost: %s:%d\r\n"
                                .formatted(room, server.getHostString(), server.getPort())
                        + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
                .getBytes(US_ASCII));
    }

    /** A complete frame, masked as a client must: RFC 6455 section 5.2. */
    private static ByteBuf textFrame(String text) {
        byte[] payload = text.getBytes(UTF_8);
        ByteBuf frame = Unpooled.buffer(payload.length + 8).writeByte(0x81);
        if (payload.length < 126) {
            frame.writeByte(0x80 | payload.length);
        } else {
            frame.writeByte(0x80 | 126).writeShort(payload.length);
        }
        frame.writeBytes(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.writeByte(payload[i] ^ MASK[i % MASK.length]);
        }
        return frame;
    }

    /** How many of the sockets the server has not closed. A socket notices that when it can no longer write. */
    public long open() {
        return sockets.stream().filter(Channel::isActive).count();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Floods a server by hand: host, port, sockets, names per second of all together, seconds. */
    public static void main(String[] args) throws InterruptedException {
        InetSocketAddress server = new InetSocketAddress(args[0], Integer.parseInt(args[1]));
        try (TestingFlood flood =
                new TestingFlood(server, Integer.parseInt(args[2]), "flood", Integer.parseInt(args[3]))) {
            for (int second = 0; second < Integer.parseInt(args[4]); second++) {
                TimeUnit.SECONDS.sleep(1);
                System.out.printf("%d s: %d sockets are open%n", second, flood.open());
            }
        }
    }
}
