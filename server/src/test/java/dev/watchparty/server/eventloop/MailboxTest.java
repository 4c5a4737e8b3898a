package dev.watchparty.server.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MailboxTest {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final EventLoop first = loops.next();
    private final EventLoop second = loops.next();
    private final Mailbox mailbox = new Mailbox(first);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void runsAtOnceForItsOwnLoop() throws Exception {
        List<String> order = new ArrayList<>();

        first.submit(() -> {
                    mailbox.run(() -> order.add("task"));
                    order.add("caller");
                })
                .get();

        assertThat(order).containsExactly("task", "caller");
    }

    @Test
    void runsTheTasksOfATaskLater() throws Exception {
        List<String> order = new ArrayList<>();

        first.submit(() -> mailbox.run(() -> {
                    mailbox.run(() -> order.add("inner"));
                    mailbox.runLater(() -> order.add("later"));
                    order.add("outer");
                }))
                .get();

        assertThat(order).containsExactly("outer", "inner", "later");
    }

    @Test
    void neverRunsLaterTasksBeforeTheCallerReturns() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();

        first.submit(() -> {
                    mailbox.runLater(() -> {
                        order.add("task");
                        done.complete(null);
                    });
                    order.add("caller");
                })
                .get();
        done.get(10, TimeUnit.SECONDS);

        assertThat(order).containsExactly("caller", "task");
    }

    /** Two threads submit numbers, while the mailbox keeps moving between the loops. */
    @Test
    void runsTasksInOrderOneAtATimeOnItsCurrentLoop() throws Exception {
        int count = 20_000;
        AtomicInteger running = new AtomicInteger();
        List<String> faults = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        Object lock = new Object();
        int[] next = {0};
        Runnable sender = () -> {
            while (true) {
                synchronized (lock) {
                    int number = next[0]++;
                    if (number >= count) {
                        return;
                    }
                    mailbox.run(() -> {
                        if (running.getAndIncrement() != 0 || !mailbox.loop().inEventLoop()) {
                            faults.add("not alone, or elsewhere: " + number);
                        }
                        numbers.add(number);
                        if (number % 100 == 0) {
                            mailbox.moveTo(mailbox.loop() == first ? second : first);
                        }
                        running.decrementAndGet();
                        if (number == count - 1) {
                            done.complete(null);
                        }
                    });
                }
            }
        };

        var one = first.submit(sender);
        CompletableFuture.runAsync(sender).get(20, TimeUnit.SECONDS);
        one.get(20, TimeUnit.SECONDS);
        done.get(20, TimeUnit.SECONDS);

        assertThat(faults).isEmpty();
        assertThat(numbers).hasSize(count).isSorted();
    }

    @Test
    void continuesAfterATaskThatFails() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();

        mailbox.run(() -> {
            throw new IllegalStateException("failed on purpose");
        });
        mailbox.run(() -> done.complete(null));

        done.get(10, TimeUnit.SECONDS);
    }

    @Test
    void restartsTimersThatAreAboutToRun() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        SessionTimer timer = mailbox.newTimer(() -> {
            order.add("expired");
            done.complete(null);
        });

        mailbox.run(() -> {
            timer.start(Duration.ofHours(1));
            timer.expire(); // waits behind this task, as when the loop is late
            mailbox.run(() -> {
                order.add("next");
                timer.start(0);
            });
            timer.start(Duration.ofHours(1));
        });
        done.get(10, TimeUnit.SECONDS);

        assertThat(order).containsExactly("next", "expired");
    }

    @Test
    void runsNoTimerThatIsCancelledBeforeItRuns() throws Exception {
        List<String> order = new ArrayList<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        SessionTimer timer = mailbox.newTimer(() -> order.add("expired"));

        mailbox.run(() -> {
            timer.start(0);
            timer.expire();
            timer.cancel();
            mailbox.run(() -> done.complete(null));
        });
        done.get(10, TimeUnit.SECONDS);

        assertThat(order).isEmpty();
    }

    @Test
    void movesItsTimersToItsNewLoop() throws Exception {
        CompletableFuture<Boolean> onSecondLoop = new CompletableFuture<>();
        List<String> others = new ArrayList<>();
        SessionTimer pending = mailbox.newTimer(() -> onSecondLoop.complete(second.inEventLoop()));
        SessionTimer cancelled = mailbox.newTimer(() -> others.add("cancelled"));
        SessionTimer never = mailbox.newTimer(() -> others.add("never started"));

        mailbox.run(() -> {
            pending.start(Duration.ofMillis(30));
            cancelled.start(Duration.ofMillis(1));
            mailbox.moveTo(second);
            mailbox.run(cancelled::cancel);
        });

        assertThat(onSecondLoop.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(others).isEmpty();
        assertThat(never.isPending()).isFalse();
    }
}
