package dev.watchparty.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.RoomId;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.util.Optional;

/** The path of a room's page, below the base path: {@code /r/} and the name, in UTF-8 and percent-encoded. */
final class RoomPath {
    private static final String FOLDER = "/r/";

    private RoomPath() {}

    static String of(RoomId room) {
        return FOLDER + URLEncoder.encode(room.value(), UTF_8);
    }

    /** Whether a path of a request has the form of a room's, whether or not a room can have that name. */
    static boolean isOne(String path, String basePath) {
        String start = basePath + FOLDER;
        return path.startsWith(start) && path.length() > start.length() && path.indexOf('/', start.length()) < 0;
    }

    /** The room of a path of a request; empty if it has another form, or no room can have that name. */
    static Optional<RoomId> roomOf(String path, String basePath) {
        if (!isOne(path, basePath) || path.chars().anyMatch(character -> character >= 0x7f)) {
            return Optional.empty();
        }
        try {
            String name = path.substring(basePath.length() + FOLDER.length());
            return RoomId.parse(QueryStringDecoder.decodeComponent(name, UTF_8));
        } catch (IllegalArgumentException e) { // a broken escape sequence names no room
            return Optional.empty();
        }
    }
}
