package dev.watchparty.server.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.socketio.TestingServer;
import dev.watchparty.server.socketio.TestingWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OutOfMemoryTest {
    private final List<OutOfMemoryError> fatal = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final OutOfMemory.Shortage shortage = new OutOfMemory.Shortage(now::get);

    @BeforeEach
    void listen() {
        OutOfMemory.addListener(this, fatal::add);
    }

    @AfterEach
    void listenNoMore() {
        OutOfMemory.removeListener(this);
    }

    @Test
    void anExhaustedHeapIsFatal() {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        assertThat(OutOfMemory.report(new ExecutionException(new IllegalStateException(error))))
                .isTrue();

        assertThat(fatal).containsExactly(error);
    }

    @Test
    void aThreadThatCannotBeStartedIsFatal() {
        OutOfMemory.report(new OutOfMemoryError("unable to create native thread: possibly out of memory"));

        assertThat(fatal).hasSize(1);
    }

    @Test
    void aLackOfDirectMemoryIsNot() {
        assertThat(
                        OutOfMemory.report(
                                new OutOfMemoryError(
                                        "Cannot reserve 4194304 bytes of direct buffer memory (allocated: 97168814, limit: 100663296)")))
                .isTrue();

        assertThat(fatal).isEmpty();
    }

    @Test
    void otherErrorsAreIgnored() {
        assertThat(OutOfMemory.report(new IllegalStateException("else"))).isFalse();
        assertThat(OutOfMemory.report(null)).isFalse();
        assertThat(fatal).isEmpty();
    }

    @Test
    void aListenerThatFailsDoesNotStopTheOthers() {
        Object first = new Object();
        OutOfMemory.addListener(first, error -> {
            throw new OutOfMemoryError("again");
        });

        OutOfMemory.report(new OutOfMemoryError("Java heap space"));

        OutOfMemory.removeListener(first);
        assertThat(fatal).hasSize(1);
    }

    @Test
    void aShortageWithoutAPauseLasts() {
        for (int second = 0; second <= 30; second += 5) {
            assertThat(shortage.lasts()).as("at %d s", second).isFalse();
            now.addAndGet(Duration.ofSeconds(5).toNanos());
        }
        assertThat(shortage.lasts()).isTrue();
    }

    @Test
    void aPauseEndsAShortage() {
        for (int i = 0; i < 20; i++) {
            assertThat(shortage.lasts()).isFalse();
            now.addAndGet(Duration.ofSeconds(11).toNanos());
        }
    }

    @Test
    void aServerInAnotherApplicationClosesItsClients() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            TestingWebSocket.connect(server);

            OutOfMemory.report(new OutOfMemoryError("Java heap space"));

            server.awaitNoSessions();
        }
    }

    @Test
    void aHostsOwnListenerReplacesTheDefault() throws Exception {
        try (TestingServer server = TestingServer.start()) {
            List<OutOfMemoryError> told = new ArrayList<>();
            server.server.onOutOfMemory(told::add);
            TestingWebSocket client = TestingWebSocket.connect(server);

            OutOfMemory.report(new OutOfMemoryError("Java heap space"));

            assertThat(told).hasSize(1);
            client.send("42[\"echo\",1]");
            assertThat(client.next()).isEqualTo("42[\"echo\",1]");
        }
    }
}
