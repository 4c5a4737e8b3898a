package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Throwables;
import dev.watchparty.server.identity.SharedSecret;
import dev.watchparty.server.session.StoreUnavailableException;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;

/** Keeps the secret that signs tickets in Redis: the first node creates it. */
final class RedisSecret implements SharedSecret {
    private final RedisLink link;
    private final byte[] key;

    @Inject
    RedisSecret(RedisLink link, RedisConfig config) {
        this.link = link;
        this.key = new RedisKeys(config.keyPrefix()).secret();
    }

    @Override
    public String orElseKeep(String candidate) {
        try {
            byte[] kept = link.setOrGet(key, candidate.getBytes(UTF_8))
                    .toCompletableFuture()
                    .join();
            return new String(kept, UTF_8);
        } catch (CompletionException e) {
            // Tickets that another secret has signed would be worthless on every other node.
            throw new StoreUnavailableException(
                    "watchparty.recovery.secret: none, and Redis does not tell its own: %s (expected: one, if the server starts without Redis)"
                            .formatted(Throwables.getRootCause(e).getMessage()));
        }
    }
}
