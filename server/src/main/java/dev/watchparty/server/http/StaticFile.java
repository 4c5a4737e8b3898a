package dev.watchparty.server.http;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A file of the web client, in memory, in every coding that saves enough.
 *
 * @param path the path that it is served under, as it appears in a request
 * @param contents its content by coding; the plain one is always there
 */
record StaticFile(String path, Map<ContentCoding, Content> contents) {
    /**
     * The files in whose names the client's build puts a hash of eight characters: their content never changes under
     * this name.
     */
    private static final Pattern HASHED = Pattern.compile("/assets/(?:.*/)?[^/]+-[A-Za-z0-9_-]{8}\\.[A-Za-z0-9.]+");

    StaticFile {
        checkArgument(path.startsWith("/"), "path: %s (expected: it starts with a slash)", path);
        requireNonNull(contents.get(ContentCoding.IDENTITY), "the plain content is missing");
        contents = Map.copyOf(contents);
    }

    /** Makes a file from its content in several codings; a coding that saves less than a tenth is not kept. */
    static StaticFile of(String path, Map<ContentCoding, byte[]> contents) {
        int plain = contents.get(ContentCoding.IDENTITY).length;
        Map<ContentCoding, Content> kept = new EnumMap<>(ContentCoding.class);
        contents.forEach((coding, bytes) -> {
            if (coding == ContentCoding.IDENTITY || bytes.length <= plain * 0.9) {
                kept.put(coding, Content.of(bytes));
            }
        });
        return new StaticFile(path, kept);
    }

    String contentType() {
        return MediaTypes.of(path);
    }

    boolean isPage() {
        return contentType().startsWith("text/html");
    }

    /** Whether its content can never change, so that a browser need not revalidate it. */
    boolean isImmutable() {
        return HASHED.matcher(path).matches();
    }

    List<ContentCoding> codings() {
        return List.copyOf(contents.keySet());
    }

    /**
     * The bytes of a file in one coding.
     *
     * @param bytes outside the heap, so that they go to a socket uncopied; shared by all responses and never released
     */
    record Content(ByteBuf bytes, EntityTag tag) {
        static Content of(byte[] bytes) {
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            ByteBuf shared =
                    Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(direct).asReadOnly());
            return new Content(shared, EntityTag.of(bytes));
        }
    }
}
