package dev.watchparty.server.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopLocalTest {
    private final LoopLocal<Object> local = new LoopLocal<>(loop -> new Object());
    private final EventLoop first = new DefaultEventLoop();
    private final EventLoop second = new DefaultEventLoop();

    @AfterEach
    void stop() {
        first.shutdownGracefully();
        second.shutdownGracefully();
    }

    @Test
    void isOneForEachLoop() throws Exception {
        Object ofFirst = first.submit(() -> local.of(first)).get();

        assertThat(first.submit(() -> local.of(first)).get()).isSameAs(ofFirst);
        assertThat(second.submit(() -> local.of(second)).get()).isNotSameAs(ofFirst);
    }

    @Test
    void isOnlyForTheThreadOfItsLoop() {
        assertThatThrownBy(() -> local.of(first)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> first.submit(() -> local.of(second)).get())
                .hasCauseInstanceOf(IllegalStateException.class);
    }
}
