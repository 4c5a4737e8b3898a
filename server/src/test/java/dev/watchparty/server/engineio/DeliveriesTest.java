package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.socketio.TestingTransportConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DeliveriesTest {
    private final EngineSessions sessions = new EngineSessions(2);
    private final List<DisconnectReason> closed = new ArrayList<>();
    private final EmbeddedChannel whole =
            new EmbeddedChannel(new WebSocket13FrameEncoder(false), new ChannelInboundHandlerAdapter());
    private final EmbeddedChannel broken = new EmbeddedChannel(new ChannelInboundHandlerAdapter()); // cannot be written

    @AfterEach
    void close() {
        whole.close();
        broken.close();
    }

    @Test
    void failureForOneReceiverDoesNotAffectTheOthers() {
        EngineSession failing = session(broken);
        EngineSession receiver = session(whole);
        Deliveries deliveries = Deliveries.of(whole.eventLoop(), QueuedOutput.UNBOUNDED);

        deliveries.add(delivery("4first", failing, receiver));
        deliveries.drain();
        deliveries.add(delivery("4second", failing, receiver));
        deliveries.add(delivery("4third", failing, receiver));
        deliveries.drain();

        assertThat(sent()).containsExactly("4first", "4second", "4third");
    }

    @Test
    void takesMoreInOneTurnThanMayWaitForAFastReader() {
        EngineSession receiver = session(whole);
        Deliveries deliveries = Deliveries.of(whole.eventLoop(), QueuedOutput.UNBOUNDED);
        String packet = "4" + "x".repeat(100_000);

        for (int i = 0; i < 30; i++) {
            deliveries.add(delivery(packet, receiver));
        }
        deliveries.drain();

        assertThat(sent().size()).isEqualTo(30); // too long to be shown
        assertThat(receiver.isOpen()).isTrue();
    }

    @Test
    void receiverThatMissesAMessageIsClosed() {
        session(broken).open(session -> new Recorder());

        broken.runPendingTasks();

        assertThat(closed).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
    }

    private EngineSession session(EmbeddedChannel channel) {
        WebSocketTransport webSocket = new WebSocketTransport(channel.pipeline().lastContext(), OptionalInt.empty());
        return new EngineSession(
                channel.eventLoop(),
                webSocket,
                new TestingTransportConfig().build(),
                sessions,
                QueuedOutput.UNBOUNDED,
                UnlimitedLease.INSTANCE,
                null);
    }

    private static Deliveries.Delivery delivery(String packet, EngineSession... receivers) {
        OutboundMessage message = OutboundMessage.of(packet);
        return new Deliveries.Delivery() {
            @Override
            public OutboundMessage message() {
                return message;
            }

            @Override
            public boolean isVolatile() {
                return false;
            }

            @Override
            public void deliver(Consumer<EngineSession> toFlush) {
                for (EngineSession receiver : receivers) {
                    receiver.deliver((WebSocketTransport) receiver.transport(), message, false, toFlush);
                }
            }

            @Override
            public void closeReceivers() {
                throw new AssertionError("nothing lags here");
            }
        };
    }

    private List<String> sent() {
        List<String> packets = new ArrayList<>();
        for (ByteBuf frame = whole.readOutbound(); frame != null; frame = whole.readOutbound()) {
            packets.add(frame.skipBytes(2).toString(UTF_8));
            frame.release();
        }
        return packets;
    }

    private final class Recorder implements EngineSession.Listener {
        @Override
        public void onText(String message) {}

        @Override
        public void onBinary(byte[] message) {}

        @Override
        public void onClose(DisconnectReason reason) {
            closed.add(reason);
        }
    }
}
