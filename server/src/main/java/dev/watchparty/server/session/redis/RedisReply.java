package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * The reply of a script: Redis' time first, then texts.
 *
 * @param items as the library returns them
 */
record RedisReply(List<Object> items) {
    /** Redis' time, µs since the epoch. */
    long micros() {
        return number(0);
    }

    /** The text after the time that says how it went. */
    String status() {
        return text(1);
    }

    int size() {
        return items.size();
    }

    String text(int index) {
        return new String(bytes(index), UTF_8);
    }

    long number(int index) {
        return Long.parseLong(text(index));
    }

    byte[] bytes(int index) {
        return (byte[]) items.get(index);
    }

    @SuppressWarnings("unchecked")
    List<byte[]> list(int index) {
        return (List<byte[]>) items.get(index);
    }
}
