package dev.watchparty.server.eventloop;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.function.Function;
import org.apiguardian.api.API;

/** One instance for each event loop, created at its first use. */
@API(status = API.Status.INTERNAL)
public final class LoopLocal<T> {
    private final FastThreadLocal<Own<T>> ofThread = new FastThreadLocal<>();
    private final Function<EventLoop, T> factory;

    private record Own<T>(EventLoop loop, T value) {}

    public LoopLocal(Function<EventLoop, T> factory) {
        this.factory = factory;
    }

    /**
     * The instance of a loop, created at its first use.
     *
     * @throws IllegalStateException if the caller is not on the loop
     */
    public T of(EventLoop loop) {
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
