package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class UnfinishedInputTest {
    private final ByteBudget budget = new ByteBudget(100_000);
    private final UnfinishedInput input = new UnfinishedInput(budget);
    private final EmbeddedChannel first = new EmbeddedChannel(input.newMeter());
    private final EmbeddedChannel second = new EmbeddedChannel(input.newMeter());

    @Test
    void closesOnlyTheClientThatExceedsTheBudget() {
        send(first, 60_000);
        ByteBuf beyond = send(second, 60_000);

        assertThat(second.isOpen()).isFalse();
        assertThat(beyond.refCnt()).isZero();
        assertThat(first.isOpen()).isTrue();
        assertThat(budget.taken()).isEqualTo(60_000);
    }

    @Test
    void letsOrdinaryClientsSendInAnyCase() {
        send(first, 99_000);
        send(second, 10_000);

        assertThat(second.isOpen()).isTrue();
    }

    @Test
    void stopsCountingCompleteInputAndClosedConnections() {
        send(first, 60_000);
        UnfinishedInput.settle(first.pipeline());
        assertThat(budget.taken()).isZero();

        send(second, 60_000);
        second.close();
        assertThat(budget.taken()).isZero();
    }

    private static ByteBuf send(EmbeddedChannel channel, int bytes) {
        ByteBuf buffer = Unpooled.buffer(bytes).writeZero(bytes);
        channel.writeInbound(buffer);
        return buffer;
    }
}
