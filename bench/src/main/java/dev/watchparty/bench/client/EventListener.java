package dev.watchparty.bench.client;

import io.netty.buffer.ByteBuf;

/** A scenario's reaction to the events that clients receive. Called on the crowd's event loop; must not block. */
@FunctionalInterface
public interface EventListener {
    /** Ignores them. */
    EventListener NONE = (viewer, event, in, index, length) -> {};

    /**
     * A client has received an event of the party.
     *
     * @param in the bytes, valid during the call
     * @param index where its packet begins: {@code 42[}
     * @param length its length, bytes
     */
    void onEvent(Viewer viewer, ServerEvent event, ByteBuf in, int index, int length);
}
