package dev.watchparty.server.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.IllegalReferenceCountException;
import org.junit.jupiter.api.Test;

final class OutboundMessageTest {
    private static final int LENGTH = 4 << 20;

    @Test
    void compressesOnce() {
        OutboundMessage message = OutboundMessage.of("4" + "x".repeat(LENGTH));

        ByteBuf first = message.compressedFrames(10);
        ByteBuf second = message.compressedFrames(10);

        assertThat(first.memoryAddress()).isEqualTo(second.memoryAddress());
        assertThat(first.readableBytes()).isLessThan(LENGTH / 100);
        first.release();
        second.release();
        message.release();
    }

    @Test
    void leavesNoMemoryBehindWhenItCannotBeCompressed() {
        OutboundMessage message = OutboundMessage.of("4" + "x".repeat(LENGTH));
        message.release(); // so that it cannot be read
        long before = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();

        assertThatThrownBy(() -> message.compressedFrames(10)).isInstanceOf(IllegalReferenceCountException.class);

        assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() - before).isLessThan(LENGTH);
    }
}
