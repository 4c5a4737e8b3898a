package dev.watchparty.server;

import dev.watchparty.server.eventloop.OutOfMemory;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** The thread of all delayed tasks. It reports the OutOfMemoryErrors of its tasks. */
final class ServerTimer extends ScheduledThreadPoolExecutor {
    ServerTimer() {
        super(1, task -> {
            Thread thread = new Thread(task, "watchparty-timer");
            thread.setDaemon(true);
            return thread;
        });
        setRemoveOnCancelPolicy(true);
        prestartAllCoreThreads();
    }

    @Override
    protected void afterExecute(Runnable task, Throwable thrown) {
        OutOfMemory.report(task instanceof Future<?> future && future.isDone() ? failureOf(future) : thrown);
    }

    /** Returns null if the task has not failed. */
    private static Throwable failureOf(Future<?> done) {
        try {
            done.get();
            return null;
        } catch (ExecutionException | CancellationException | InterruptedException e) {
            return e;
        }
    }
}
