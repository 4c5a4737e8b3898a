package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.watchparty.server.session.memory.TestingMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketSecretFileTest {
    private static final String OLDER = "0123456789abcdef0123456789abcdef";
    private static final String CONFIGURED = "fedcba9876543210fedcba9876543210";

    @TempDir
    private Path folder;

    @Test
    void secretOutlivesTheServer() {
        TicketSecret secret = run(Optional.empty());

        assertThat(run(Optional.empty())).isEqualTo(secret);
        assertThat(run(Optional.of(OLDER))).isEqualTo(secret);
        assertThat(secretFile()).hasContent(secret.value());
    }

    @Test
    void secretOfAnOlderSessionFileIsKept() {
        assertThat(run(Optional.of(OLDER)).value()).isEqualTo(OLDER);
        assertThat(run(Optional.empty()).value()).isEqualTo(OLDER);
    }

    @Test
    void secretOfTheSettingsComesFirstAndIsNotWritten() throws IOException {
        TicketSecretFile file = file(Optional.of(CONFIGURED), Optional.of(sessionFile()));
        assertThat(file.load(Optional.of(OLDER)).value()).isEqualTo(CONFIGURED);
        file.start();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void nothingIsWrittenWithoutASessionFile() {
        TicketSecretFile file = file(Optional.empty(), Optional.empty());
        TicketSecret secret = file.load(Optional.empty());
        file.start();

        assertThat(folder).isEmptyDirectory();
        assertThat(file.load(Optional.empty())).isNotEqualTo(secret);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void onlyItsOwnerMayReadTheFile() throws IOException {
        run(Optional.empty());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secretFile())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", " "})
    void fileWithoutASecretIsLeftAlone(String content) throws IOException {
        Files.writeString(secretFile(), content);
        TicketSecret secret = run(Optional.empty());

        assertThat(secret.value()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(secretFile()).hasContent(content);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "creating a symbolic link needs a privilege on Windows")
    void linksAndFoldersAreLeftAlone() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), OLDER);
        Files.createSymbolicLink(secretFile(), elsewhere);
        assertThat(run(Optional.empty()).value()).isNotEqualTo(OLDER);
        assertThat(elsewhere).hasContent(OLDER);

        Files.delete(secretFile());
        Files.createDirectory(secretFile());
        assertThatCode(() -> run(Optional.empty())).doesNotThrowAnyException();
        assertThat(secretFile()).isEmptyDirectory();
    }

    @Test
    void missingFolderDoesNotStopTheServer() {
        TicketSecretFile file =
                file(Optional.empty(), Optional.of(folder.resolve("missing").resolve("sessions")));

        assertThat(file.load(Optional.of(OLDER)).value()).isEqualTo(OLDER);
        assertThatCode(file::start).doesNotThrowAnyException();
    }

    @Test
    void secretIsNotPrinted() {
        assertThat(new TicketSecret(OLDER)).hasToString("TicketSecret[32 characters]");
    }

    private TicketSecret run(Optional<String> older) {
        TicketSecretFile file = file(Optional.empty(), Optional.of(sessionFile()));
        TicketSecret secret = file.load(older);
        file.start();
        return secret;
    }

    private static TicketSecretFile file(Optional<String> configured, Optional<Path> sessionFile) {
        RecoveryConfig config = new RecoveryConfig(true, TestingMemoryStore.WINDOW, Duration.ZERO, configured);
        return new TicketSecretFile(config, sessionFile, new SecureRandom());
    }

    private Path sessionFile() {
        return folder.resolve("sessions");
    }

    private Path secretFile() {
        return folder.resolve("sessions.secret");
    }
}
