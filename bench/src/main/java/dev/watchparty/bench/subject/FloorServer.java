package dev.watchparty.bench.subject;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.watchparty.bench.client.Crowd;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The price of the kernel, as near as Java gets: only the work that every server must do to send one message to many
 * sockets. A message is one frame, built once; each event loop writes it to the file descriptors of its own sockets,
 * bypassing Netty's pipeline and write queue. It knows no rooms, checks nothing, and keeps no session.
 *
 * <p>Usage: {@code FloorServer <port>}
 */
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is gone
public final class FloorServer {
    private static final int MASK_LENGTH = 4;
    private static final byte[] SEEK = "42[\"session:seek\",{\"time\":".getBytes(US_ASCII);

    /** The position of the letter that distinguishes seeks from joins, the only two events that its clients send. */
    private static final int EVENT_LETTER = "42[\"session:".length();

    private static final ByteBuf UPGRADE = constant(("HTTP/1.1 101 Switching Protocols\r\n"
                    + "Upgrade: websocket\r\n"
                    + "Connection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: " + accept(Crowd.WEB_SOCKET_KEY) + "\r\n\r\n")
            .getBytes(US_ASCII));
    private static final ByteBuf OPEN = constant(frame("0{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\",\"upgrades\":[],"
            + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}"));
    private static final ByteBuf ENTER = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
            Unpooled.directBuffer().writeBytes(frame("40{\"sid\":\"AAAAAAAAAAAAAAAAAAAA\"}")),
            Unpooled.directBuffer()
                    .writeBytes(frame("42[\"session:init\",{\"videoId\":\"\",\"playbackTime\":0,\"isPlaying\":false,"
                            + "\"lastAction\":\"init\",\"lastActionBy\":\"system\",\"lastActionByUsername\":\"System\","
                            + "\"seq\":0,\"lastUpdatedAt\":1795000000000,\"users\":{}}]"))));

    /** Its sockets by event loop. The map is filled before the first connection, and each list belongs to its loop. */
    private final IdentityHashMap<EventLoop, List<Channel>> sockets = new IdentityHashMap<>();

    private FloorServer() {}

    public static void main(String[] args) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        int loops = Runtime.getRuntime().availableProcessors();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(loops, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        FloorServer server = new FloorServer();
        group.forEach(loop -> server.sockets.put((EventLoop) loop, new ArrayList<>()));
        new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(1024))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(server.new Connection());
                    }
                })
                .bind(Integer.parseInt(args[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    /** Copies the digits of a client's {@code {"time":12345}} into the frame for all. */
    private void broadcast(byte[] digits) {
        String head = new String(SEEK, US_ASCII) + new String(digits, US_ASCII);
        byte[] bytes = frame(head + ",\"seq\":1795000000000,\"lastUpdatedAt\":1795000000000,\"username\":\"sender\"}]");
        ByteBuf frame = Unpooled.directBuffer(bytes.length).writeBytes(bytes);
        frame.retain(sockets.size());
        sockets.forEach((loop, own) -> loop.execute(() -> write(frame, own)));
        frame.release();
    }

    private static void write(ByteBuf frame, List<Channel> own) {
        int length = frame.readableBytes();
        long address = frame.hasMemoryAddress() ? frame.memoryAddress() : 0;
        for (Channel channel : own) {
            if (address != 0 && channel instanceof EpollSocketChannel socket) {
                writeAll(socket.fd(), address, length);
            } else {
                channel.writeAndFlush(frame.retainedDuplicate());
            }
        }
        frame.release();
    }

    private static void writeAll(FileDescriptor socket, long address, int length) {
        try {
            int written = socket.writeAddress(address, 0, length);
            if (written != length) {
                throw new IllegalStateException("written: %d of %d bytes".formatted(written, length));
            }
        } catch (IOException gone) {
            // its channel reports it
        }
    }

    private final class Connection extends ChannelInboundHandlerAdapter {
        private boolean upgraded;
        private boolean entered;
        private ByteBuf incomplete = Unpooled.EMPTY_BUFFER;

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            if (!upgraded) {
                upgraded = true; // its client sends the request in one piece, and waits for the answer
                ctx.write(UPGRADE.duplicate(), ctx.voidPromise());
                ctx.writeAndFlush(OPEN.duplicate(), ctx.voidPromise());
            } else if (!entered) {
                entered = true;
                ctx.writeAndFlush(ENTER.duplicate(), ctx.voidPromise());
                sockets.get(ctx.channel().eventLoop()).add(ctx.channel());
            } else {
                readFrames(incomplete.isReadable() ? Unpooled.copiedBuffer(incomplete, in) : in);
            }
            in.release();
        }

        /** Frames of up to 125 bytes: its client sends no others. */
        private void readFrames(ByteBuf in) {
            while (in.readableBytes() >= 2 && in.readableBytes() >= 2 + MASK_LENGTH + lengthOf(in)) {
                int length = lengthOf(in);
                in.skipBytes(2);
                byte[] mask = new byte[MASK_LENGTH];
                in.readBytes(mask);
                byte[] payload = new byte[length];
                in.readBytes(payload);
                for (int i = 0; i < length; i++) {
                    payload[i] ^= mask[i % MASK_LENGTH];
                }
                if (length > SEEK.length + 1 && payload[EVENT_LETTER] == SEEK[EVENT_LETTER]) {
                    broadcast(java.util.Arrays.copyOfRange(payload, SEEK.length, length - 2));
                }
            }
            incomplete = Unpooled.copiedBuffer(in); // on the heap, and usually empty
        }

        private int lengthOf(ByteBuf in) {
            return in.getByte(in.readerIndex() + 1) & 0x7f;
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            sockets.get(ctx.channel().eventLoop()).remove(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** RFC 6455 section 1.3. */
    private static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    private static byte[] frame(String payload) {
        ByteBuf frame = Unpooled.buffer().writeByte(0x81);
        if (payload.length() < 126) {
            frame.writeByte(payload.length());
        } else {
            frame.writeByte(126).writeShort(payload.length());
        }
        frame.writeBytes(payload.getBytes(US_ASCII));
        byte[] bytes = new byte[frame.readableBytes()];
        frame.readBytes(bytes);
        return bytes;
    }

    private static ByteBuf constant(byte[] bytes) {
        return Unpooled.unreleasableBuffer(
                Unpooled.directBuffer().writeBytes(bytes).asReadOnly());
    }
}
