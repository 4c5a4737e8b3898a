package dev.watchparty.server.session.redis;

import dev.watchparty.server.session.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Carries out the calls for one socket one at a time, in the order in which they were made. Calls for different sockets
 * do not wait for each other.
 */
final class SocketQueues {
    /** Calls that may wait for one socket; more are refused. */
    private static final int MAX_WAITING = 10_000;

    private final Map<String, Queue<Runnable>> bySocketId =
            new HashMap<>(); // guarded by itself; empty queues: one runs

    private final CompletableFuture<Void> idle = new CompletableFuture<>();
    private boolean isEnding; // guarded by the map

    <T> CompletionStage<T> inOrder(String socketId, Supplier<CompletionStage<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Runnable task = () -> run(socketId, call, answer);
        synchronized (bySocketId) {
            Queue<Runnable> waiting = bySocketId.get(socketId);
            if (waiting != null) {
                if (waiting.size() >= MAX_WAITING) {
                    return CompletableFuture.failedStage(new StoreUnavailableException("too many calls wait"));
                }
                waiting.add(task);
                return answer;
            }
            bySocketId.put(socketId, new ArrayDeque<>(0));
        }
        task.run();
        return answer;
    }

    /** Completes when no call is under way; it may be asked once. */
    CompletionStage<Void> whenIdle() {
        synchronized (bySocketId) {
            if (bySocketId.isEmpty()) {
                idle.complete(null);
            }
            isEnding = true;
            return idle;
        }
    }

    private <T> void run(String socketId, Supplier<CompletionStage<T>> call, CompletableFuture<T> answer) {
        CompletionStage<T> stage;
        try {
            stage = call.get();
        } catch (RuntimeException e) {
            stage = CompletableFuture.failedStage(e);
        }
        stage.whenComplete((result, failure) -> {
            Runnable next = next(socketId);
            if (failure == null) {
                answer.complete(result);
            } else {
                answer.completeExceptionally(failure);
            }
            if (next != null) {
                next.run();
            }
        });
    }

    private Runnable next(String socketId) {
        synchronized (bySocketId) {
            Runnable next = bySocketId.get(socketId).poll();
            if (next == null) {
                bySocketId.remove(socketId);
                if (isEnding && bySocketId.isEmpty()) {
                    idle.complete(null);
                }
            }
            return next;
        }
    }
}
