package dev.watchparty.bench.client;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.watchparty.protocol.SocketEvents;
import io.netty.buffer.ByteBuf;
import java.util.function.LongConsumer;

/** The party's events in their wire form, read in place: {@code 42["session:seek",{"time":10,…}]}. */
public enum ServerEvent {
    IDENTITY(SocketEvents.IDENTITY),
    INIT(SocketEvents.INIT),
    SYNC(SocketEvents.SYNC),
    SEEK(SocketEvents.SEEK),
    PLAY(SocketEvents.PLAY),
    PAUSE(SocketEvents.PAUSE),
    VIDEO_CHANGE(SocketEvents.VIDEO_CHANGE),
    USER_JOINED(SocketEvents.USER_JOINED),
    USER_LEFT(SocketEvents.USER_LEFT);

    private static final ServerEvent[] ALL = values();
    private static final String SOCKET_ID = "\"socketId\":\"";

    private final String head;
    private final String headUpToTime;

    ServerEvent(String name) {
        this.head = "42[\"" + name + "\",";
        this.headUpToTime = head + "{\"time\":";
    }

    /** The event of a payload at an index of a buffer; null if it is not an event of the party. */
    static ServerEvent at(ByteBuf in, int index, int length) {
        for (ServerEvent event : ALL) {
            if (length > event.head.length() && startsWith(in, index, event.head)) {
                return event;
            }
        }
        return null;
    }

    /**
     * The whole seconds of the {@code time} that the payload begins with.
     *
     * @throws IllegalArgumentException if it begins with something else
     */
    public int time(ByteBuf in, int index) {
        if (!startsWith(in, index, headUpToTime)) {
            throw new IllegalArgumentException(
                    "payload: %s (expected: time first)".formatted(in.toString(index, head.length() + 12, US_ASCII)));
        }
        int seconds = 0;
        int at = index + headUpToTime.length();
        for (byte digit = in.getByte(at); digit >= '0' && digit <= '9'; digit = in.getByte(++at)) {
            seconds = 10 * seconds + digit - '0';
        }
        return seconds;
    }

    /** Calls the consumer for each {@code socketId} of a payload, with a number that represents its value. */
    public static void forEachSocketId(ByteBuf in, int index, int length, LongConsumer consumer) {
        int end = index + length - SOCKET_ID.length();
        for (int at = index; at < end; at++) {
            if (in.getByte(at) == '"' && in.getByte(at + 1) == 's' && startsWith(in, at, SOCKET_ID)) {
                at += SOCKET_ID.length();
                long hash = 0;
                for (byte next = in.getByte(at); next != '"'; next = in.getByte(++at)) {
                    hash = 0x100000001b3L * (hash ^ next); // FNV-1a's step: two of some thousand ids never collide
                }
                consumer.accept(hash);
            }
        }
    }

    private static boolean startsWith(ByteBuf in, int index, String expected) {
        for (int i = expected.length() - 1; i >= 0; i--) { // the last bytes differ most
            if (in.getByte(index + i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
