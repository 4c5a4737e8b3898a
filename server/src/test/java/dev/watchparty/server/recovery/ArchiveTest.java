package dev.watchparty.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions.Saved;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    private static final RoomId ROOM = new RoomId("film-night");
    private static final Snapshot SNAPSHOT = new Snapshot(
            new SessionState(
                    Optional.of(new VideoId("dQw4w9WgXcQ")),
                    true,
                    12.5,
                    1_000_000,
                    1_000_002,
                    LastAction.PLAY,
                    List.of(change(LastAction.CHANGE_VIDEO, 1_000_001), change(LastAction.PLAY, 1_000_002))),
            List.of(new Participant("alice", new Username("Zoë"), 999_000)));

    private static final Map<RoomId, Saved> SESSIONS = Map.of(ROOM, new Saved(SNAPSHOT, 1_000_000));

    @TempDir
    private Path folder;

    @Test
    void whatWasSavedIsFound() {
        Archive.Contents first = archive().load();
        archive().save(first.secret(), SESSIONS);
        Archive.Contents found = archive().load();

        assertThat(found.secret()).isEqualTo(first.secret());
        assertThat(found.sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    void saveReplacesWhatWasThere() {
        archive().save("s", SESSIONS);
        archive().save("s", Map.of());

        assertThat(archive().load().sessions().rooms()).isEmpty();
        assertThat(folder).isDirectoryContaining("glob:**/sessions").isDirectoryNotContaining("glob:**/*.next");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyFileIsReadableByItsOwnerAlone() throws IOException {
        archive().save("s", Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "{\"secret\": nonsense",
                "{\"secret\":\"s\"}",
                "{\"secret\":\"s\",\"rooms\":[null]}",
                "{\"secret\":\"s\",\"rooms\":[{}]}",
                "{\"secret\":\"s\",\"rooms\":[{\"room\":{\"value\":\"a b\"}}]}",
            })
    void fileThatCannotBeReadCostsNothingElse(String content) throws IOException {
        Files.writeString(file(), content);

        Archive.Contents contents = archive().load();

        assertThat(contents.sessions().rooms()).isEmpty();
        assertThat(contents.secret()).isNotEqualTo("s");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkIsNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        archive(elsewhere).save("planted", Map.of());
        Files.createSymbolicLink(file(), elsewhere);

        assertThat(archive().load().secret()).isNotEqualTo("planted");
    }

    @Test
    void secretOfTheSettingsStandsAboveTheFiles() {
        archive().save("from the file", Map.of());
        RecoveryConfig config = new RecoveryConfig(
                true, Duration.ofMinutes(2), Duration.ZERO, 10, Optional.of("x".repeat(32)), Optional.of(file()));

        assertThat(new Archive(config, new SecureRandom()).load().secret()).isEqualTo("x".repeat(32));
    }

    private Path file() {
        return folder.resolve("sessions");
    }

    private Archive archive() {
        return archive(file());
    }

    private Archive archive(Path file) {
        RecoveryConfig config = new RecoveryConfig(
                true, Duration.ofMinutes(2), Duration.ofSeconds(15), 10, Optional.empty(), Optional.of(file));
        return new Archive(config, new SecureRandom());
    }

    private static PlaybackChange change(LastAction action, long seq) {
        return new PlaybackChange(action, seq, 1_000_000, "alice", new Username("Alice"));
    }
}
