package dev.watchparty.server.config;

import static com.google.common.base.Preconditions.checkArgument;

import dev.watchparty.server.session.redis.RedisConfig;
import dev.watchparty.server.session.redis.RedisConfig.TlsFiles;
import dev.watchparty.server.session.redis.RedisConfig.Topology;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.StaticCredentialsProvider;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Maps the keys of the section {@code redis}. No message holds a password. */
final class RedisReader {
    private static final Pattern COMMA = Pattern.compile(",");

    /** A name and a password that replace those of the addresses. */
    private record Credentials(Optional<String> username, Optional<String> password) {
        static Credentials read(Section section) {
            Optional<String> username = section.optionalText("username");
            Optional<String> password = section.secret("password");
            checkArgument(
                    username.isEmpty() || password.isPresent(),
                    "username: %s (expected: a password beside it)",
                    username.orElse(""));
            return new Credentials(username, password);
        }

        Credentials or(RedisAddress address) {
            return password.isPresent() ? this : new Credentials(address.username(), address.password());
        }

        void addTo(RedisURI uri) {
            password.ifPresent(secret -> uri.setCredentialsProvider(
                    new StaticCredentialsProvider(username.orElse(null), secret.toCharArray())));
        }
    }

    private final Section redis;
    private final Credentials credentials;
    private final boolean tls;
    private final SslVerifyMode verify;

    private RedisReader(Section redis) {
        this.redis = redis;
        this.credentials = Credentials.read(redis);
        this.tls = redis.record("tls", section -> section.bool("enabled"));
        this.verify = redis.record("tls", section -> section.oneOf("verify", SslVerifyMode.class));
    }

    /** @param keepsSecret whether the settings hold what the server would otherwise have to ask Redis for */
    static RedisConfig read(Section redis, boolean keepsSecret) {
        boolean required = redis.bool("required-at-start");
        checkArgument(required || keepsSecret, "requiredAtStart: false (expected: true unless recovery.secret is set)");
        return new RedisReader(redis).read(required);
    }

    private RedisConfig read(boolean required) {
        List<RedisAddress> nodes = redis.addresses(
                "uri", RedisAddress.COMMA, RedisAddress.EXPECTED, RedisAddress::parse, RedisAddress::masked);
        Optional<RedisURI> sentinels = redis.record("sentinel", this::sentinels);
        boolean cluster = redis.bool("cluster");
        checkArgument(!nodes.isEmpty() || sentinels.isPresent(), "uri: none (expected: %s)", RedisAddress.EXPECTED);
        checkArgument(nodes.isEmpty() || sentinels.isEmpty(), "uri: an address (expected: none beside sentinels)");
        checkArgument(!cluster || sentinels.isEmpty(), "cluster: true (expected: false with sentinels)");
        checkArgument(
                !cluster || nodes.stream().allMatch(node -> node.database() == 0),
                "uri: a database (expected: none, because a cluster has only one)");
        RedisConfig config = new RedisConfig(
                sentinels.isPresent() ? Topology.SENTINEL : cluster ? Topology.CLUSTER : Topology.STANDALONE,
                sentinels
                        .map(List::of)
                        .orElseGet(() -> nodes.stream().map(this::uri).toList()),
                redis.duration("timeout"),
                redis.text("key-prefix"),
                required,
                redis.record("tls", RedisReader::files));
        config.uris().forEach(uri -> uri.setTimeout(config.timeout()));
        return config;
    }

    private RedisURI uri(RedisAddress address) {
        RedisURI.Builder uri =
                RedisURI.Builder.redis(address.host(), address.port()).withDatabase(address.database());
        return built(uri, address.tls(), credentials.or(address));
    }

    /** Empty if the settings name no sentinels. */
    private Optional<RedisURI> sentinels(Section sentinel) {
        List<RedisAddress> nodes = sentinel.addresses(
                "nodes", COMMA, RedisAddress.SENTINEL_EXPECTED, RedisAddress::parseSentinel, UnaryOperator.identity());
        Optional<String> master = sentinel.optionalText("master");
        Credentials own = Credentials.read(sentinel);
        int database = sentinel.integer("database");
        checkArgument(database >= 0, "database: %s (expected: >= 0)", database);
        if (nodes.isEmpty() && master.isEmpty()) {
            return Optional.empty();
        }
        checkArgument(!nodes.isEmpty(), "nodes: none (expected: %s)", RedisAddress.SENTINEL_EXPECTED);
        checkArgument(master.isPresent(), "master: none (expected: the name that the sentinels know)");
        RedisURI.Builder uri =
                RedisURI.builder().withSentinelMasterId(master.get()).withDatabase(database);
        nodes.forEach(
                node -> uri.withSentinel(built(RedisURI.Builder.redis(node.host(), node.port()), false, own.or(node))));
        return Optional.of(built(uri, false, credentials));
    }

    private RedisURI built(RedisURI.Builder uri, boolean asksForTls, Credentials used) {
        RedisURI built = uri.withSsl(tls || asksForTls).withVerifyPeer(verify).build();
        used.addTo(built);
        return built;
    }

    private static TlsFiles files(Section tls) {
        return new TlsFiles(
                tls.optionalFile("trusted-certificates"),
                tls.optionalFile("certificate-chain"),
                tls.optionalFile("private-key"));
    }
}
