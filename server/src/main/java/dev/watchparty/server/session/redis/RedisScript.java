package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.codec.Base16;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The scripts. Each begins with a comment that says which arguments it takes and what it returns. */
enum RedisScript {
    OPEN,
    PLAYBACK,
    PRESENCE,
    VERSIONS,
    EXPECTS,
    OWNED;

    private final String text;
    private final String sha;

    RedisScript() {
        String file = name().toLowerCase(Locale.ROOT) + ".lua";
        try (InputStream in = RedisScript.class.getResourceAsStream(file)) {
            byte[] bytes = in.readAllBytes();
            text = new String(bytes, UTF_8);
            sha = Base16.digest(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text() {
        return text;
    }

    /** By which Redis knows the script. */
    String sha() {
        return sha;
    }
}
