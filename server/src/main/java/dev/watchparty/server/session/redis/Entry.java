package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * One socket of a room's roster, with what Redis compares.
 *
 * @param version of the room when the entry was written
 * @param place in the order of joins: the version of the room at the first join; 0 if it has not joined
 */
record Entry(long version, long place, PresenceDocument document) {
    /** The same entry of a socket that has been lost, now if not before. */
    Entry lostBy(long now) {
        return new Entry(version, place, document.lostBy(now));
    }

    /** Reads an entry as the scripts write it: version, place, id of the command, document. */
    static Entry read(byte[] bytes) {
        int first = Documents.indexOf(bytes, ' ', 0);
        int second = Documents.indexOf(bytes, ' ', first + 1);
        int third = Documents.indexOf(bytes, ' ', second + 1);
        return new Entry(
                Long.parseLong(new String(bytes, 0, first, US_ASCII)),
                Long.parseLong(new String(bytes, first + 1, second - first - 1, US_ASCII)),
                Documents.presence(bytes, third + 1, bytes.length - third - 1));
    }
}
