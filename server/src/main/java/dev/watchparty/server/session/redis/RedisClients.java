package dev.watchparty.server.session.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SocketOptions.TcpUserTimeoutOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Opens connections of the two kinds that the store uses, to whichever kind of Redis there is. */
final class RedisClients implements AutoCloseable {
    private static final int IO_THREADS = 2;

    /** A master that comes back is found again within this time. */
    private static final Duration LONGEST_RECONNECT_DELAY = Duration.ofMillis(500);

    private static final Duration SHORTEST_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** How often a client of a cluster looks for changes that no reply has told it. */
    private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(15);

    /** Commands that may wait for the nodes of a cluster, which are connected when they are first needed. */
    private static final int CLUSTER_QUEUE = 10_000;

    private final ClientResources resources;
    private final AbstractRedisClient client;
    private final RedisConfig config;

    RedisClients(RedisConfig config) {
        this.config = config;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(IO_THREADS)
                .computationThreadPoolSize(IO_THREADS)
                .threadFactoryProvider(pool -> new DefaultThreadFactory("watchparty-redis", true))
                .reconnectDelay(() ->
                        Delay.fullJitter(Duration.ofMillis(20), LONGEST_RECONNECT_DELAY, 20, TimeUnit.MILLISECONDS))
                .build();
        this.client = config.topology() == RedisConfig.Topology.CLUSTER ? cluster() : single();
    }

    private RedisClient single() {
        RedisClient single = RedisClient.create(resources, config.uris().get(0));
        single.setOptions(with(ClientOptions.builder()).build());
        return single;
    }

    private RedisClusterClient cluster() {
        RedisClusterClient cluster = RedisClusterClient.create(resources, config.uris());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        with(options);
        cluster.setOptions(options.requestQueueSize(CLUSTER_QUEUE)
                .validateClusterNodeMembership(false)
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(Duration.ofMillis(500))
                        .enablePeriodicRefresh(TOPOLOGY_REFRESH)
                        .build())
                .build());
        return cluster;
    }

    private ClientOptions.Builder with(ClientOptions.Builder options) {
        Duration connect =
                config.timeout().compareTo(SHORTEST_CONNECT_TIMEOUT) > 0 ? config.timeout() : SHORTEST_CONNECT_TIMEOUT;
        Duration silence = config.timeout().multipliedBy(3);
        return options.timeoutOptions(TimeoutOptions.enabled(config.timeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connect)
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(silence)
                                .interval(config.timeout())
                                .count(3)
                                .build())
                        // Else a connection that lost its way is tried for minutes, ever less often.
                        .tcpUserTimeout(TcpUserTimeoutOptions.builder()
                                .enable()
                                .tcpUserTimeout(silence)
                                .build())
                        .build())
                .sslOptions(config.tlsFiles().options());
    }

    private RedisURI uri() {
        return config.uris().get(0);
    }

    /** A connection for commands. */
    record Commands(StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> async) {}

    /** Opens a connection for commands. */
    CompletionStage<Commands> commands() {
        return client instanceof RedisClusterClient cluster
                ? cluster.connectAsync(ByteArrayCodec.INSTANCE)
                        .thenApply(connection -> new Commands(connection, connection.async()))
                : ((RedisClient) client)
                        .connectAsync(ByteArrayCodec.INSTANCE, uri())
                        .thenApply(connection -> new Commands(connection, connection.async()));
    }

    /** Opens a connection for subscriptions. */
    CompletionStage<StatefulRedisPubSubConnection<byte[], byte[]>> subscriptions() {
        return client instanceof RedisClusterClient cluster
                ? cluster.connectPubSubAsync(ByteArrayCodec.INSTANCE).thenApply(connection -> connection)
                : ((RedisClient) client)
                        .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri())
                        .thenApply(connection -> connection);
    }

    /** Must be called before a cluster is connected for the first time; it does nothing otherwise. */
    CompletionStage<Void> prepare() {
        return client instanceof RedisClusterClient cluster
                ? cluster.refreshPartitionsAsync()
                : CompletableFuture.completedStage(null);
    }

    boolean isCluster() {
        return client instanceof RedisClusterClient;
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
