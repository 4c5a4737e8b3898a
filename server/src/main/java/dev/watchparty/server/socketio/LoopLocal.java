package dev.watchparty.server.socketio;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.function.Function;

/** One thing of a kind for each event loop, made when it is first asked for. */
final class LoopLocal<T> {
    private final FastThreadLocal<Own<T>> ofThread = new FastThreadLocal<>();
    private final Function<EventLoop, T> factory;

    private record Own<T>(EventLoop loop, T value) {}

    LoopLocal(Function<EventLoop, T> factory) {
        this.factory = factory;
    }

    /** @throws IllegalStateException if the loop is not the caller's */
    T of(EventLoop loop) {
        Own<T> own = ofThread.get();
        if (own == null || own.loop() != loop) {
            if (!loop.inEventLoop()) {
                throw new IllegalStateException("called on another thread than the event loop's");
            }
            own = new Own<>(loop, factory.apply(loop));
            ofThread.set(own);
        }
        return own.value();
    }
}
