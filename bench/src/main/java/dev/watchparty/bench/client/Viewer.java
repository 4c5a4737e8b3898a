package dev.watchparty.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.watchparty.protocol.SocketEvents;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * One client: from the upgrade to a WebSocket, through Engine.IO's and Socket.IO's handshakes, to the party's events.
 * It reads frames in place, and copies only a frame that arrived in pieces.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel, and a handler sees that
public final class Viewer extends ChannelInboundHandlerAdapter {
    private static final int FINAL_TEXT = 0x81; // RFC 6455 section 5.2
    private static final int FINAL_CLOSE = 0x88;
    private static final int FINAL_PING = 0x89;

    private final Host host;
    private final int number;
    private final String room;
    private final String auth;
    private ChannelHandlerContext ctx;
    private ByteBuf incomplete;
    private boolean upgraded;
    private boolean entered;
    private boolean leaving;

    /** The owner of viewers. Called on the event loop; must not block. */
    public interface Host {
        /** The viewer has received its first {@code session:init}. */
        void entered(Viewer viewer);

        /** This many bytes have come, behind the answer to the upgrade. */
        void received(int length);

        /** As {@link EventListener#onEvent}. */
        void heard(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length);

        /**
         * A packet has come that is not an event of the party.
         *
         * @param index where the packet of Socket.IO begins, behind the {@code 4} of Engine.IO
         */
        void other(Viewer viewer, ByteBuf in, int index, int length) throws IOException;

        /** The connection has ended by itself. */
        void lost(Viewer viewer, Throwable cause);
    }

    /** @param auth the payload of CONNECT, in JSON; empty for none */
    Viewer(Host host, int number, String room, String auth) {
        this.host = host;
        this.number = number;
        this.room = room;
        this.auth = auth;
    }

    /** Its index in the crowd, from 0. */
    public int number() {
        return number;
    }

    /** Sends an event. On the crowd's event loop. */
    public void emit(String event, String payload) {
        send(ClientFrames.text("42[\"" + event + "\"," + payload + "]"));
    }

    /** Sends an event that asks for an acknowledgement under a number. On the event loop. */
    void emit(String event, String payload, long acknowledgement) {
        send(ClientFrames.text("42" + acknowledgement + "[\"" + event + "\"," + payload + "]"));
    }

    /** Takes a name, of letters, digits and spaces. On the crowd's event loop. */
    public void join(String name) {
        emit(SocketEvents.JOIN, "{\"username\":\"" + name + "\"}");
    }

    /** Leaves on purpose; the server ends the connection. On the crowd's event loop. */
    public void leave() {
        leaving = true;
        send(ClientFrames.goodbye());
    }

    /** Ends the connection by a reset, so that no port stays in use. */
    void cut() {
        leaving = true;
        if (ctx != null && ctx.channel().isOpen()) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close();
        }
    }

    /** Its connection was not opened. */
    void refused(Throwable cause) {
        if (!leaving) {
            leaving = true;
            host.lost(this, cause);
        }
    }

    private void send(ByteBuf frame) {
        ctx.writeAndFlush(frame, ctx.voidPromise());
    }

    /** Opens its connection. */
    ChannelFuture open(Bootstrap bootstrap, InetSocketAddress address) {
        ChannelHandler viewer = this;
        return bootstrap
                .clone()
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(viewer);
                    }
                })
                .connect(address);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ctx = context;
        String query = room.isEmpty() ? "" : "&room=" + room;
        String request = "GET /socket.io/?EIO=4&transport=websocket" + query + " HTTP/1.1\r\n"
                + "Host: 127.0.0.1\r\n"
                + "Connection: Upgrade\r\n"
                + "Upgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + Crowd.WEB_SOCKET_KEY + "\r\n\r\n";
        send(Unpooled.copiedBuffer(request, US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        ByteBuf in = (ByteBuf) message;
        if (upgraded) {
            host.received(in.readableBytes());
        }
        if (incomplete != null) {
            incomplete.writeBytes(in);
            in.release();
            in = incomplete;
            incomplete = null;
        }
        try {
            if (upgraded || readUpgrade(in)) {
                readFrames(in);
            }
            if (in.isReadable()) {
                incomplete = context.alloc().buffer(Math.max(2 * in.readableBytes(), frameEnd(in)));
                incomplete.writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    private boolean readUpgrade(ByteBuf in) throws IOException {
        String head = in.toString(US_ASCII);
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            return false;
        }
        if (!head.startsWith("HTTP/1.1 101")) {
            throw new IOException("upgrade refused: " + head.lines().findFirst().orElse(""));
        }
        in.skipBytes(end + 4);
        upgraded = true;
        host.received(in.readableBytes());
        return true;
    }

    private void readFrames(ByteBuf in) throws IOException {
        int from = in.readerIndex();
        int to = in.writerIndex();
        while (to - from >= 2) {
            int length = in.getByte(from + 1);
            int payload = from + 2;
            if (length >= 126) {
                int needed = length == 126 ? 4 : 10;
                if (to - from < needed) {
                    break;
                }
                payload = from + needed;
                length = length == 126 ? in.getUnsignedShort(from + 2) : Math.toIntExact(in.getLong(from + 2));
            }
            if (to - payload < length) {
                break;
            }
            readFrame(in, in.getUnsignedByte(from), payload, length);
            from = payload + length;
        }
        in.readerIndex(from);
    }

    /** The index where a frame ends that has arrived only in part; 0 if not even its length has arrived. */
    private int frameEnd(ByteBuf in) {
        int from = in.readerIndex();
        if (!upgraded || in.readableBytes() < 10) {
            return 0;
        }
        return switch (in.getByte(from + 1)) {
            case 126 -> 4 + in.getUnsignedShort(from + 2);
            case 127 -> 10 + Math.toIntExact(in.getLong(from + 2));
            default -> 0;
        };
    }

    private void readFrame(ByteBuf in, int head, int payload, int length) throws IOException {
        if (head == FINAL_TEXT && length > 0) {
            readPacket(in, payload, length);
        } else if (head == FINAL_CLOSE) {
            ctx.close();
        } else if (head != FINAL_PING) {
            throw new IOException("frame: 0x%x (expected: text)".formatted(head));
        }
    }

    private void readPacket(ByteBuf in, int payload, int length) throws IOException {
        switch (in.getByte(payload)) {
            case '0' -> send(ClientFrames.connect(auth));
            case '2' -> send(ClientFrames.pong());
            case '4' -> readMessage(in, payload, length);
            default -> throw new IOException("packet: " + in.toString(payload, Math.min(length, 100), US_ASCII));
        }
    }

    private void readMessage(ByteBuf in, int payload, int length) throws IOException {
        ServerEvent event = ServerEvent.at(in, payload, length);
        if (event == null) {
            host.other(this, in, payload + 1, length - 1);
            return;
        }
        if (event == ServerEvent.INIT && !entered) {
            entered = true;
            host.entered(this);
        }
        host.heard(this, event, in, payload, length);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (incomplete != null) {
            incomplete.release();
            incomplete = null;
        }
        if (!leaving) {
            host.lost(this, new IOException("closed by the server"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!leaving) {
            leaving = true;
            host.lost(this, cause);
        }
        context.close();
    }
}
