package dev.watchparty.server.session.redis;

import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The scripts. Each begins with a comment that says which arguments it takes and what it returns. */
enum RedisScript {
    OPEN,
    PLAYBACK,
    PRESENCE,
    VERSIONS,
    EXPECTS;

    private final byte[] text;
    private final String sha;

    RedisScript() {
        String file = name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
            text = in.readAllBytes();
            sha = Base16.digest(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] text() {
        return text;
    }

    /** By which Redis knows the script. */
    String sha() {
        return sha;
    }
}
