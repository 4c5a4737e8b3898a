package dev.watchparty.server.session.redis;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * How the nodes reach the Redis that they share.
 *
 * @param topology what the addresses are
 * @param uris one for {@code STANDALONE} and {@code SENTINEL}, whose URI names the sentinels and their master; one or
 *     more nodes for {@code CLUSTER}. They hold the credentials, the timeout, and whether TLS is used
 * @param timeout for an answer, > 0. A command that waits longer is refused
 * @param keyPrefix of every key and channel, 1 .. 32 characters of A-Z a-z 0-9 _ - : .
 * @param requiredAtStart whether the server starts only if Redis can be reached
 * @param tlsFiles for the URIs that use TLS
 */
@API(status = API.Status.INTERNAL)
public record RedisConfig(
        Topology topology,
        List<RedisURI> uris,
        Duration timeout,
        String keyPrefix,
        boolean requiredAtStart,
        TlsFiles tlsFiles) {
    /** The kinds of a Redis installation. */
    public enum Topology {
        /** One server. */
        STANDALONE,
        /** A master with replicas, and sentinels that know the master. */
        SENTINEL,
        /** Redis Cluster. */
        CLUSTER
    }

    /**
     * Files in PEM form.
     *
     * @param trustedCertificates of the authorities to trust; empty for those of Java
     * @param certificateChain of this node; empty if it shows no certificate
     * @param privateKey the chain's key, in PKCS #8 and without a password
     */
    public record TlsFiles(
            Optional<Path> trustedCertificates, Optional<Path> certificateChain, Optional<Path> privateKey) {
        /** Java's authorities, and no certificate of this node. */
        public static final TlsFiles NONE = new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

        public TlsFiles {
            requireNonNull(trustedCertificates, "trustedCertificates is null");
            checkArgument(
                    certificateChain.isPresent() == privateKey.isPresent(),
                    "%s: none (expected: a file, or none beside the %s)",
                    certificateChain.isPresent() ? "privateKey" : "certificateChain",
                    certificateChain.isPresent() ? "certificate-chain" : "private-key");
        }

        /** The options of a client that uses these files. */
        public SslOptions options() {
            SslOptions.Builder options = SslOptions.builder();
            trustedCertificates.ifPresent(trusted -> options.trustManager(trusted.toFile()));
            certificateChain.ifPresent(chain ->
                    options.keyManager(chain.toFile(), privateKey.orElseThrow().toFile(), null));
            return options.build();
        }
    }

    public RedisConfig {
        requireNonNull(topology, "topology is null");
        uris = List.copyOf(uris);
        checkArgument(
                topology == Topology.CLUSTER ? !uris.isEmpty() : uris.size() == 1,
                "uri: %s addresses (expected: %s)",
                uris.size(),
                topology == Topology.CLUSTER ? "1 or more" : "1, or more with cluster = true");
        checkArgument(timeout.toMillis() > 0, "timeout: %s ms (expected: > 0 ms)", timeout.toMillis());
        checkArgument(
                keyPrefix.matches("[A-Za-z0-9_:.-]{1,32}"),
                "keyPrefix: %s (expected: 1 .. 32 characters of A-Z a-z 0-9 _ - : .)",
                keyPrefix);
        requireNonNull(tlsFiles, "tlsFiles is null");
    }

    /** A configuration without files for TLS. */
    public RedisConfig(
            Topology topology, List<RedisURI> uris, Duration timeout, String keyPrefix, boolean requiredAtStart) {
        this(topology, uris, timeout, keyPrefix, requiredAtStart, TlsFiles.NONE);
    }

    /** Where Redis is, without any password, for messages. */
    String address() {
        return uris.stream()
                .flatMap(uri -> uri.getSentinels().isEmpty() ? Stream.of(uri) : uri.getSentinels().stream())
                .map(uri -> uri.getHost() + ":" + uri.getPort())
                .collect(Collectors.joining(", "));
    }
}
