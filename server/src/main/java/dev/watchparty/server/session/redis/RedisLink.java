package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import com.google.common.base.Throwables;
import dev.watchparty.server.lifecycle.ManagedPart;
import dev.watchparty.server.logging.ThrottledLog;
import dev.watchparty.server.session.SessionException;
import dev.watchparty.server.session.StoreUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to Redis: scripts out, messages in. It notices when Redis cannot be reached, refuses calls at once from then
 * on, and tries by itself until Redis answers again.
 *
 * <p>A library that loses its connection in the middle of a command sends the command again. So every script must give
 * the same result if it runs twice.
 */
final class RedisLink implements ManagedPart {
    private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

    static final String UNREACHABLE = "Redis cannot be reached";

    private static final int TRIAL_MILLIS = 150; // and up to twice as long, so that nodes do not try in step
    private static final int TRIAL_LIFE_MILLIS = 5000;
    private static final int CONNECT_SECONDS = 10;
    private static final int CLUSTER_GAP_MILLIS = 500;
    private static final int LOST_PROBES = 2;
    private static final String PROBE = "probe ";

    private final RedisKeys keys;
    private final RedisClients clients;
    private final RedisClock clock;
    private final ScheduledExecutorService timer;
    private final Circuit[] circuits;
    private final Map<Integer, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final AtomicReference<StatefulRedisPubSubConnection<byte[], byte[]>> subscriber = new AtomicReference<>();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private final String probeText;
    private volatile RedisClusterAsyncCommands<byte[], byte[]> commands; // null until Redis was reached first
    private CompletableFuture<Void> connection; // its first opening; null before; guarded by this
    private volatile Listener listener;
    private volatile boolean closed;
    private volatile Throwable cause; // of the latest failure
    private final ThrottledLog failures = new ThrottledLog(count -> log.atWarn()
            .addKeyValue("count", count)
            .addKeyValue("reason", String.valueOf(this.cause))
            .log("a call of Redis failed"));

    /** Receives what Redis says by itself. It is called on the threads of the connections, and must not block. */
    interface Listener {
        /** A message of a shard. */
        void received(byte[] message);

        /** Messages of these shards may have been missed. */
        void missed(IntPredicate shards);
    }

    /** One shard's channel. */
    private static final class Subscription {
        final CompletableFuture<Void> confirmed = new CompletableFuture<>();
        volatile long probe;
        volatile long heard;
    }

    /**
     * @param node the id of this node
     */
    RedisLink(RedisConfig config, String node, RedisClock clock, ScheduledExecutorService timer) {
        this.keys = new RedisKeys(config.keyPrefix());
        this.clients = new RedisClients(config);
        this.clock = clock;
        this.timer = timer;
        this.probeText = PROBE + node + " ";
        this.circuits = new Circuit[clients.isCluster() ? RedisKeys.SHARDS : 1];
        Arrays.setAll(circuits, Circuit::new);
    }

    /**
     * Returns a link that is connected, or, if the configuration allows that, one that will be. Blocks.
     *
     * @throws StoreUnavailableException if Redis cannot be reached, and must be
     */
    static RedisLink open(RedisConfig config, NodeId node, RedisClock clock, ScheduledExecutorService timer) {
        RedisLink link = new RedisLink(config, node.value(), clock, timer);
        try {
            link.connectWithin(CONNECT_SECONDS);
            return link;
        } catch (ExecutionException | TimeoutException e) {
            if (!config.requiredAtStart()) {
                link.circuits[0].trip(reason(e));
                return link;
            }
            link.release();
            throw new StoreUnavailableException(
                    "watchparty.redis.uri: %s cannot be reached: %s (expected: a Redis 7 that answers, or watchparty.redis.required-at-start = false)"
                            .formatted(config.address(), reason(e)));
        } catch (InterruptedException e) {
            link.release();
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while Redis is connected");
        }
    }

    /** A busy Redis may not answer the first attempt. One that refuses, or does not know the password, need not be asked again. */
    private void connectWithin(int seconds) throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            try {
                connected().toCompletableFuture().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                return;
            } catch (ExecutionException e) {
                Throwable cause = Throwables.getRootCause(e);
                boolean isFinal = cause instanceof ConnectException || cause instanceof RedisCommandExecutionException;
                if (isFinal || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
                Thread.sleep(TRIAL_MILLIS);
            }
        }
    }

    /** The innermost cause says what is wrong; the others say that something is. */
    private static String reason(Throwable failure) {
        Throwable cause = Throwables.getRootCause(failure);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** Connects unless it has connected already. Calls at the same time share one attempt. */
    private synchronized CompletionStage<Void> connected() {
        if (connection == null || connection.isCompletedExceptionally()) {
            connection = connect().toCompletableFuture();
        }
        return connection;
    }

    private CompletionStage<Void> connect() {
        return clients.prepare()
                .thenCompose(prepared -> commands != null
                        ? CompletableFuture.completedStage(null)
                        : clients.commands().thenCompose(this::askTime).thenAccept(open -> commands = open.async()))
                .thenCompose(open -> clients.subscriptions())
                .thenAccept(subscribing -> {
                    listen(subscribing);
                    subscriber.set(subscribing);
                });
    }

    /** The first room's first state already needs the time that all nodes share. */
    private CompletionStage<RedisClients.Commands> askTime(RedisClients.Commands open) {
        long sentAt = System.nanoTime();
        return open.async()
                .time()
                .thenApply(time -> {
                    long seconds = Long.parseLong(new String(time.get(0), US_ASCII));
                    long micros = Long.parseLong(new String(time.get(1), US_ASCII));
                    clock.sample(sentAt, System.nanoTime(), TimeUnit.SECONDS.toMicros(seconds) + micros);
                    return open;
                })
                .whenComplete((answered, failure) -> {
                    if (failure != null) {
                        open.connection().closeAsync(); // the next attempt opens another one
                    }
                });
    }

    /** Begins to look after the subscriptions. */
    void start(Listener receiver, Pace pace) {
        listener = requireNonNull(receiver, "receiver is null");
        long interval = pace.probe().toMillis();
        timer.scheduleWithFixedDelay(this::probe, interval, interval, TimeUnit.MILLISECONDS);
    }

    boolean isReachable(int shard) {
        return circuit(shard).isClosed();
    }

    /** Whether every part of Redis answers. */
    boolean isReachable() {
        return Arrays.stream(circuits).allMatch(Circuit::isClosed);
    }

    private Circuit circuit(int shard) {
        return circuits[shard % circuits.length];
    }

    /**
     * Runs a script.
     *
     * @param names its keys, all of this shard
     * @param arguments texts and bytes
     * @return its reply without the time; fails with a {@link StoreUnavailableException} if Redis cannot be reached, and
     *     then the script may have run nevertheless
     */
    CompletionStage<RedisReply> call(RedisScript script, int shard, List<byte[]> names, List<byte[]> arguments) {
        Circuit circuit = circuit(shard);
        if (!circuit.isClosed() || commands == null) {
            return CompletableFuture.failedStage(new StoreUnavailableException(UNREACHABLE));
        }
        long sentAt = System.nanoTime();
        return run(script, names, arguments).handle((reply, failure) -> {
            if (failure != null) {
                throw new CompletionException(unavailable(circuit, failure));
            }
            RedisReply result = new RedisReply(reply);
            clock.sample(sentAt, System.nanoTime(), result.micros());
            return result;
        });
    }

    private CompletionStage<List<Object>> run(RedisScript script, List<byte[]> names, List<byte[]> arguments) {
        byte[][] keyArray = names.toArray(new byte[0][]);
        byte[][] argumentArray = arguments.toArray(new byte[0][]);
        try {
            CompletionStage<List<Object>> known =
                    commands.evalsha(script.sha(), ScriptOutputType.MULTI, keyArray, argumentArray);
            return known.handle((reply, failure) -> {
                        if (isUnknownScript(failure)) {
                            return commands.<List<Object>>eval(
                                    script.text(), ScriptOutputType.MULTI, keyArray, argumentArray);
                        }
                        return failure == null
                                ? CompletableFuture.completedStage(reply)
                                : CompletableFuture.<List<Object>>failedStage(failure);
                    })
                    .thenCompose(stage -> stage);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private static boolean isUnknownScript(Throwable failure) {
        Throwable cause = SessionException.reasonOf(failure);
        return cause instanceof RedisNoScriptException;
    }

    private StoreUnavailableException unavailable(Circuit circuit, Throwable failure) {
        Throwable reason = SessionException.reasonOf(failure);
        cause = reason;
        failures.count();
        circuit.trip(reason);
        return new StoreUnavailableException(UNREACHABLE);
    }

    /** A master that becomes a replica may keep its connections. Then the library looks for the master only if they end. */
    private void leaveReplica(Throwable failure) {
        StatefulRedisPubSubConnection<byte[], byte[]> subscribing = subscriber.get();
        if (Throwables.getRootCause(failure) instanceof RedisReadOnlyException && subscribing != null) {
            ask(RedisClusterAsyncCommands::quit);
            subscribing.async().quit();
        }
    }

    /** Sets a key that expires. */
    CompletionStage<Void> set(byte[] key, byte[] value, long expiryMillis) {
        return ask(open -> open.set(key, value, SetArgs.Builder.px(expiryMillis)))
                .thenApply(ok -> null);
    }

    CompletionStage<Void> delete(byte[] key) {
        return ask(open -> open.del(key)).thenApply(deleted -> null);
    }

    CompletionStage<Boolean> exists(byte[] key) {
        return ask(open -> open.exists(key)).thenApply(count -> count > 0);
    }

    /** Sets a key if it does not exist, and returns its value. */
    CompletionStage<byte[]> setOrGet(byte[] key, byte[] value) {
        return ask(open -> open.set(key, value, SetArgs.Builder.nx())).thenCompose(set -> ask(open -> open.get(key)));
    }

    /**
     * The connection for commands.
     *
     * @throws StoreUnavailableException if Redis cannot be reached
     */
    RedisClusterAsyncCommands<byte[], byte[]> reachable() {
        RedisClusterAsyncCommands<byte[], byte[]> open = commands;
        if (open == null || !isReachable()) {
            throw new StoreUnavailableException(UNREACHABLE);
        }
        return open;
    }

    private interface Question<T> {
        CompletionStage<T> ask(RedisClusterAsyncCommands<byte[], byte[]> open);
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        RedisClusterAsyncCommands<byte[], byte[]> open = commands;
        if (open == null) {
            return CompletableFuture.failedStage(new StoreUnavailableException(UNREACHABLE));
        }
        try {
            return question.ask(open);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    /** Sends a message to all nodes that receive those of a shard. Fails if Redis cannot be reached. */
    CompletionStage<Void> publish(int shard, byte[] message) {
        return isReachable(shard)
                ? ask(open -> open.spublish(keys.channel(shard), message)).thenApply(receivers -> null)
                : CompletableFuture.failedStage(new StoreUnavailableException(UNREACHABLE));
    }

    /** Receives the messages of a shard from now on. The stage completes when Redis has confirmed it. */
    CompletionStage<Void> subscribe(int shard) {
        Subscription subscription = subscriptions.computeIfAbsent(shard, created -> new Subscription());
        if (!subscription.confirmed.isDone()) {
            send(shard, subscription);
        }
        return subscription.confirmed;
    }

    /** Receives no messages of a shard any more. */
    void unsubscribe(int shard) {
        if (subscriptions.remove(shard) != null && subscriber.get() != null) {
            subscriber.get().async().sunsubscribe(keys.channel(shard));
        }
    }

    /**
     * Completes when the messages of a shard that were published before this call have been received, or are lost: the
     * answer to a ping comes after them, on the same connection. On a cluster, it comes after a time in which they must have
     * come.
     */
    CompletionStage<Void> allReceived(int shard) {
        StatefulRedisPubSubConnection<byte[], byte[]> connection = subscriber.get();
        if (clients.isCluster() || connection == null) {
            return new CompletableFuture<Void>().completeOnTimeout(null, CLUSTER_GAP_MILLIS, TimeUnit.MILLISECONDS);
        }
        try {
            return connection.async().ping().thenApply(pong -> null);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void send(int shard, Subscription subscription) {
        StatefulRedisPubSubConnection<byte[], byte[]> connection = subscriber.get();
        if (closed || subscriptions.get(shard) != subscription) {
            return;
        }
        if (connection == null) {
            later(() -> send(shard, subscription));
            return;
        }
        try {
            connection.async().ssubscribe(keys.channel(shard)).whenComplete((done, failure) -> {
                if (failure != null) {
                    later(() -> send(shard, subscription));
                }
            });
        } catch (RuntimeException e) {
            later(() -> send(shard, subscription));
        }
    }

    private void later(Runnable task) {
        if (!closed && !timer.isShutdown()) {
            timer.schedule(
                    task, ThreadLocalRandom.current().nextInt(TRIAL_MILLIS, 2 * TRIAL_MILLIS), TimeUnit.MILLISECONDS);
        }
    }

    private void listen(StatefulRedisPubSubConnection<byte[], byte[]> connection) {
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void smessage(byte[] channel, byte[] message) {
                if (startsWith(message, PROBE)) {
                    heard(new String(message, US_ASCII), shard(channel));
                } else {
                    listener.received(message);
                }
            }

            @Override
            public void ssubscribed(byte[] channel, long count) {
                int shard = shard(channel);
                Subscription subscription = subscriptions.get(shard);
                if (subscription != null && !subscription.confirmed.complete(null)) {
                    listener.missed(each -> each == shard); // it was confirmed before, so there was a time without it
                }
            }

            @Override
            public void sunsubscribed(byte[] channel, long count) {
                // Redis takes the subscription away when the slot moves to another server.
                int shard = shard(channel);
                Subscription subscription = subscriptions.get(shard);
                if (subscription != null) {
                    send(shard, subscription);
                }
            }
        });
    }

    private static boolean startsWith(byte[] message, String text) {
        return message.length >= text.length()
                && Arrays.equals(message, 0, text.length(), text.getBytes(US_ASCII), 0, text.length());
    }

    private static int shard(byte[] channel) {
        String name = new String(channel, US_ASCII);
        return Integer.parseInt(name.substring(name.lastIndexOf('{') + 1, name.lastIndexOf('}')));
    }

    private void heard(String message, int shard) {
        Subscription subscription = subscriptions.get(shard);
        if (subscription != null && message.startsWith(probeText)) {
            subscription.heard = Long.parseLong(message.substring(probeText.length()));
        }
    }

    /** A connection may look alive, and receive nothing. So the node sends itself messages. */
    private void probe() {
        try {
            List<Integer> shards = new ArrayList<>(subscriptions.keySet());
            if (!clients.isCluster() && shards.size() > 1) {
                shards = shards.subList(0, 1); // they share one connection
            }
            shards.forEach(this::probe);
        } catch (RuntimeException e) {
            log.error("probing the subscriptions failed", e);
        }
    }

    private void probe(int shard) {
        Subscription subscription = subscriptions.get(shard);
        if (subscription == null || !subscription.confirmed.isDone() || !isReachable(shard)) {
            return;
        }
        if (subscription.probe - subscription.heard >= LOST_PROBES) {
            subscription.probe = 0;
            subscription.heard = 0;
            renewSubscriber();
            return;
        }
        long number = subscription.probe + 1;
        subscription.probe = number;
        publish(shard, (probeText + number).getBytes(US_ASCII)).whenComplete((receivers, failure) -> {
            if (failure != null) {
                subscription.heard = Math.max(subscription.heard, number); // says nothing of the subscription
            }
        });
    }

    private void renewSubscriber() {
        if (!renewing.compareAndSet(false, true)) {
            return;
        }
        log.warn("the subscription to Redis is silent, and is opened again");
        clients.subscriptions().whenComplete((connection, failure) -> {
            renewing.set(false);
            if (failure != null) {
                later(this::renewSubscriber);
                return;
            }
            listen(connection);
            StatefulConnection<byte[], byte[]> old = subscriber.getAndSet(connection);
            subscriptions.forEach(this::send);
            old.closeAsync();
        });
    }

    @Override
    public void start() {
        // It is open before the first part that needs it is created.
    }

    @Override
    public void close() {
        // It is needed until the last client has been disconnected.
    }

    @Override
    public void release() {
        closed = true;
        clients.close();
    }

    /**
     * The knowledge whether a part of Redis can be reached. It is open while Redis cannot be reached, and then lets
     * nothing through but its own trials.
     */
    private final class Circuit {
        private final int shard;
        private final AtomicBoolean open = new AtomicBoolean();

        Circuit(int shard) {
            this.shard = shard;
        }

        boolean isClosed() {
            return !open.get();
        }

        void trip(Object reason) {
            if (!closed && open.compareAndSet(false, true)) {
                log.atWarn().addKeyValue("reason", reason).log("Redis cannot be reached");
                later(this::attempt);
            }
        }

        private void attempt() {
            connected()
                    .thenCompose(reached -> set(keys.trial(shard), new byte[] {'1'}, TRIAL_LIFE_MILLIS))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            leaveReplica(failure);
                            later(this::attempt);
                            return;
                        }
                        open.set(false);
                        log.info("Redis can be reached again");
                        if (listener != null) {
                            listener.missed(each -> circuit(each) == this);
                        }
                    });
        }
    }
}
