package dev.watchparty.server.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.watchparty.server.testing.NetworkConditions.WebSocketFate;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One connection over a network: the client's channel, the server's, and the bytes on their way. Only the network's
 * event loop uses it.
 */
final class NetworkConnection {
    private static final Pattern WEBSOCKET =
            Pattern.compile("^upgrade: *websocket", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final String FORBIDDEN = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final Channel client;
    private final NetworkConditions conditions;
    private final MessageFates.Connection messages; // null unless the server is a Redis
    private final Consumer<NetworkConnection> onEnd;
    private final OneWay toServer = new ToServer();
    private final OneWay toClient = new ToClient();
    private Stage stage = Stage.NEW;
    private WebSocketFate fate; // null until the network has let it proceed
    private Channel server; // null unless the client is led to it
    private boolean isClientCutOff;

    private enum Stage {
        NEW,
        JUDGED,
        CONNECTED
    }

    /** @param client a channel that does not read by itself */
    NetworkConnection(
            Channel client,
            NetworkConditions conditions,
            MessageFates.Connection messages,
            Consumer<NetworkConnection> onEnd) {
        this.client = client;
        this.conditions = conditions;
        this.messages = messages;
        this.onEnd = onEnd;
    }

    /** The handler of the client's channel. */
    ChannelHandler handler() {
        return toServer;
    }

    /** Does all that the network lets happen now. */
    void proceed() {
        if (conditions.isSilent(this)) {
            return;
        }
        if (stage == Stage.NEW) {
            judge();
        } else if (stage == Stage.CONNECTED) {
            toServer.proceed();
            toClient.proceed();
        }
    }

    /** Waits for the client's first bytes, unless all connections pass. */
    private void judge() {
        if (fate == null) {
            fate = conditions.webSocketFate();
        }
        Optional<byte[]> first = toServer.first();
        if (fate != WebSocketFate.PASSED && first.isEmpty()) {
            client.read();
            return;
        }
        stage = Stage.JUDGED;
        boolean isWebSocket = first.map(bytes -> new String(bytes, ISO_8859_1))
                .filter(request -> WEBSOCKET.matcher(request).find())
                .isPresent();
        if (fate == WebSocketFate.PASSED || !isWebSocket) {
            lead();
        } else if (fate == WebSocketFate.REFUSED) {
            refuse();
        } else {
            swallow();
        }
    }

    private void lead() {
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .handler(toClient)
                .connect(InetAddress.getLoopbackAddress(), conditions.target());
        server = connecting.channel();
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                stage = Stage.CONNECTED;
                proceed();
            } else {
                end();
            }
        });
    }

    private void refuse() {
        client.writeAndFlush(Unpooled.copiedBuffer(FORBIDDEN, ISO_8859_1)).addListener(done -> end());
    }

    /** Takes all bytes until the client gives up. */
    private void swallow() {
        client.pipeline().remove(toServer);
        client.config().setAutoRead(true);
        client.closeFuture().addListener(closed -> end());
    }

    /** Ends the client's side. The server's side stays, and the bytes that the server sends are lost. */
    void cutClientOff() {
        if (server == null) {
            end();
            return;
        }
        isClientCutOff = true;
        client.close();
    }

    /** Whether published messages have come from the server. */
    boolean hasMessages() {
        return messages != null && messages.hasMessages();
    }

    /** Ends both sides. */
    void end() {
        onEnd.accept(this);
        client.close();
        if (server != null) {
            server.close();
        }
    }

    private final class ToServer extends OneWay {
        ToServer() {
            super(NetworkConnection.this);
        }

        @Override
        long dueNanos() {
            return conditions.dueAtServerNanos();
        }

        @Override
        Channel to() {
            return server;
        }

        @Override
        void end() {
            if (!isClientCutOff) {
                NetworkConnection.this.end();
            }
        }
    }

    private final class ToClient extends OneWay {
        ToClient() {
            super(NetworkConnection.this);
        }

        @Override
        long dueNanos() {
            return conditions.dueAtClientNanos();
        }

        @Override
        List<byte[]> split(byte[] bytes) {
            return messages == null ? List.of(bytes) : messages.split(bytes);
        }

        @Override
        Channel to() {
            return client;
        }

        @Override
        boolean isReady() {
            return isClientCutOff || super.isReady();
        }

        @Override
        void end() {
            NetworkConnection.this.end();
        }
    }
}
