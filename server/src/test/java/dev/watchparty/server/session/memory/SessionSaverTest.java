package dev.watchparty.server.session.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.RecoveryWindow;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomLimits;
import dev.watchparty.server.session.TestingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionSaverTest {
    private static final RecoveryWindow WINDOW = new RecoveryWindow(Duration.ofMinutes(2), 100);

    @TempDir
    private Path folder;

    private final TestingClock clock = new TestingClock(1_000_000);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final MemoryStore store = new MemoryStore(
            new Fixes(true, Duration.ofMillis(1500), true, Duration.ofSeconds(5), true, true),
            new RoomLimits(10, 10, Duration.ofMinutes(1)),
            WINDOW,
            clock,
            SavedSessions.none(),
            timer);
    private SessionSaver saver;

    @BeforeEach
    void start() {
        saver = new SessionSaver(new SessionFile(Optional.of(file()), WINDOW.length(), clock), store, WINDOW);
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
