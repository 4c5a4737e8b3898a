package dev.watchparty.server.session.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionSaverTest {
    @TempDir
    private Path folder;

    private final TestingClock clock = new TestingClock(1_000_000);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final MemoryStore store = TestingMemoryStore.create(clock, timer);
    private SessionSaver saver;

    @BeforeEach
    void start() {
        saver = new SessionSaver(
                new SessionFile(Optional.of(file()), TestingMemoryStore.WINDOW.length(), clock),
                store,
                TestingMemoryStore.WINDOW);
        store.subscribe(saver);
        saver.start();
    }

    @AfterEach
    void stop() {
        saver.close();
        timer.shutdownNow();
    }

    @Test
    void changeIsSavedSoon() {
        join("Alice");

        await().untilAsserted(() -> assertThat(file()).content().contains("Alice"));
    }

    @Test
    void closeSavesTheLastChange() {
        join("Alice");
        saver.close();

        assertThat(file()).content().contains("Alice");
    }

    /** Another server may have the file by then. */
    @Test
    void nothingIsWrittenAfterTheClose() throws IOException {
        join("Alice");
        saver.close();
        Files.writeString(file(), "the file of another server");
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("watchparty-saver")));

        assertThat(file()).hasContent("the file of another server");
    }

    private void join(String username) {
        store.enter(RoomId.DEFAULT, new Arrival("alice-alice-alice-20", 1, true));
        store.join(RoomId.DEFAULT, "alice-alice-alice-20", new Username(username));
    }

    private Path file() {
        return folder.resolve("sessions");
    }
}
