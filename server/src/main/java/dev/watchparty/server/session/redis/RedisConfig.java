package dev.watchparty.server.session.redis;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;

/**
 * How the nodes reach the Redis that they share.
 *
 * @param topology what the addresses are
 * @param uris one for {@code STANDALONE} and {@code SENTINEL}, whose URI names the sentinels and their master; one or
 *     more nodes for {@code CLUSTER}
 * @param timeout for an answer, > 0. A command that waits longer is refused
 * @param keyPrefix of every key and channel, 1 .. 32 characters of A-Z a-z 0-9 _ - : .
 * @param requiredAtStart whether the server starts only if Redis can be reached
 */
@API(status = API.Status.INTERNAL)
public record RedisConfig(
        Topology topology, List<RedisURI> uris, Duration timeout, String keyPrefix, boolean requiredAtStart) {
    /** The kinds of a Redis installation. */
    public enum Topology {
        /** One server. */
        STANDALONE,
        /** A master with replicas, and sentinels that know the master. */
        SENTINEL,
        /** Redis Cluster. */
        CLUSTER
    }

    public RedisConfig {
        requireNonNull(topology, "topology is null");
        uris = List.copyOf(uris);
        checkArgument(!uris.isEmpty(), "uris: none (expected: one or more)");
        checkArgument(
                topology == Topology.CLUSTER || uris.size() == 1,
                "uris: %s (expected: 1 unless a cluster)",
                uris.size());
        checkArgument(timeout.toMillis() > 0, "timeout: %s (expected: > 0)", timeout);
        checkArgument(
                keyPrefix.matches("[A-Za-z0-9_:.-]{1,32}"),
                "keyPrefix: a text of %s characters (expected: 1 .. 32 of A-Z a-z 0-9 _ - : .)",
                keyPrefix.length());
    }
}
