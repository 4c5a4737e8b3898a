package dev.watchparty.server.broadcast;

import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Calls the tasks that were scheduled once, in order, on demand, regardless of their delay. It never calls repeated
 * tasks.
 */
public final class TestingTimer {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    public ScheduledExecutorService executor() {
        return (ScheduledExecutorService) Proxy.newProxyInstance(
                TestingTimer.class.getClassLoader(),
                new Class<?>[] {ScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("schedule")) {
                        tasks.add((Runnable) arguments[0]);
                    }
                    return null;
                });
    }

    /** Calls the tasks that have been scheduled so far. */
    public void elapse() {
        for (int due = tasks.size(); due > 0; due--) {
            tasks.remove().run();
        }
    }

    public boolean isIdle() {
        return tasks.isEmpty();
    }
}
