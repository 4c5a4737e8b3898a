package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.Throwables;
import dev.watchparty.server.identity.SharedSecret;
import dev.watchparty.server.session.StoreUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the secret that signs tickets in Redis: the first node creates it. A Redis that has lost it gets it back from a
 * node that knows it.
 */
@Singleton
final class RedisSecret implements SharedSecret {
    private static final Logger log = LoggerFactory.getLogger(RedisSecret.class);

    private final RedisLink link;
    private final byte[] key;
    private volatile byte[] known; // null if this node was told its secret by its settings
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean isForeign;

    @Inject
    RedisSecret(RedisLink link, RedisConfig config) {
        this.link = link;
        this.key = new RedisKeys(config.keyPrefix()).secret();
    }

    @Override
    public String orElseKeep(String candidate) {
        try {
            known = link.setOrGet(key, candidate.getBytes(UTF_8))
                    .toCompletableFuture()
                    .join();
            return new String(known, UTF_8);
        } catch (CompletionException e) {
            // Tickets that another secret has signed would be worthless on every other node.
            throw new StoreUnavailableException(
                    "watchparty.recovery.secret: none, and Redis does not tell its own: %s (expected: one, if the server starts without Redis)"
                            .formatted(Throwables.getRootCause(e).getMessage()));
        }
    }

    /** Tells Redis the secret of this node again if Redis has lost it. */
    void putBack() {
        byte[] secret = known;
        if (secret == null || !asking.compareAndSet(false, true)) {
            return;
        }
        link.setOrGet(key, secret).whenComplete((kept, failure) -> {
            asking.set(false);
            if (kept != null) {
                compare(kept, secret);
            }
        });
    }

    private void compare(byte[] kept, byte[] secret) {
        boolean differs = !Arrays.equals(kept, secret);
        if (differs && !isForeign) {
            log.warn("Redis has another secret for tickets than this node, which started before Redis lost its data;"
                    + " people who change between nodes are new there until this node is started again");
        }
        isForeign = differs;
    }
}
