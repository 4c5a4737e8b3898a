package dev.watchparty.server.session.redis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sign of life of this node. While it lasts, no other node takes this node's sockets for lost.
 *
 * <p>A node may sleep for longer than its lease: its process was stopped, or its network was cut. Then others may have
 * removed its sockets, so that it must register them anew before it serves a command.
 */
final class NodeLease {
    private static final Logger log = LoggerFactory.getLogger(NodeLease.class);

    private final RedisLink link;
    private final byte[] key;
    private final ScheduledExecutorService timer;
    private final Pace pace;
    private final Runnable lapsed;
    private volatile long validUntil; // ns
    private volatile boolean valid;
    private CompletableFuture<Void> renewal; // null while none is on its way; guarded by this

    /** @param lapsed called after a renewal that came too late */
    NodeLease(RedisLink link, byte[] key, ScheduledExecutorService timer, Pace pace, Runnable lapsed) {
        this.link = link;
        this.key = key;
        this.timer = timer;
        this.pace = pace;
        this.lapsed = lapsed;
    }

    void start() {
        renew();
        long renewal = pace.renewal().toMillis();
        timer.scheduleWithFixedDelay(this::renew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    /** Whether no other node can have taken this one for gone. */
    boolean isValid() {
        return valid && System.nanoTime() - validUntil < 0;
    }

    /** Completes when the lease is valid; fails if Redis cannot be reached. */
    CompletionStage<Void> ensure() {
        return isValid() ? CompletableFuture.completedStage(null) : renew();
    }

    private CompletionStage<Void> renew() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        synchronized (this) {
            if (renewal != null) {
                return renewal;
            }
            renewal = done;
        }
        long sentAt = System.nanoTime();
        link.set(key, new byte[] {'1'}, pace.lease().toMillis()).whenComplete((set, failure) -> {
            synchronized (this) {
                renewal = null;
            }
            if (failure != null) {
                done.completeExceptionally(failure);
                return;
            }
            boolean wasLate = valid && System.nanoTime() - validUntil >= 0;
            validUntil = sentAt + pace.lease().toNanos();
            valid = true;
            if (wasLate) {
                log.warn("the lease of this node had ended, and its sockets are registered anew");
                lapsed.run();
            }
            done.complete(null);
        });
        return done;
    }

    /** Ends the lease, so that others need not wait for its end. */
    CompletionStage<Void> end() {
        return link.delete(key);
    }
}
