package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebSocketTransportTest {
    private final EmbeddedChannel channel =
            new EmbeddedChannel(new WebSocket13FrameEncoder(false), new ChannelInboundHandlerAdapter());
    private final WebSocketTransport webSocket =
            new WebSocketTransport(channel.pipeline().lastContext(), OptionalInt.empty());

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void resumesReadingOfAChannelThatBecomesWritableMeanwhile() {
        webSocket.pauseReading();
        setWritable(false);

        webSocket.resumeReading(); // from another loop: the channel's loop runs it later
        setWritable(true);
        channel.runPendingTasks();

        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void stopsReadingWhileTheChannelIsFull() {
        webSocket.pauseReading();
        setWritable(false);

        webSocket.resumeReading();
        channel.runPendingTasks();

        assertThat(channel.config().isAutoRead()).isFalse();
    }

    private void setWritable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
    }
}
