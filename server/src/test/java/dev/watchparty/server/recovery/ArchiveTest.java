package dev.watchparty.server.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackRules;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions.Saved;
import dev.watchparty.server.session.Sender;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.Transition;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class ArchiveTest {
    private static final String ALICE = "alice-alice-alice-al";
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String ANOTHER_SECRET = "fedcba9876543210fedcba9876543210";
    private static final String NAME = "Zoë";
    private static final Sender BOB = new Sender(
            "bob-bob-bob-bob-bob-", new Username("Bob"), false, OptionalLong.empty(), Optional.empty(), true);
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
            List.of(new Participant(ALICE, new Username(NAME), 999_000)));

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
        archive().save(SECRET, SESSIONS);
        archive().save(SECRET, Map.of());

        assertThat(archive().load().sessions().rooms()).isEmpty();
        assertThat(folder).isDirectoryContaining("glob:**/sessions").isDirectoryNotContaining("glob:**/*.next");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyFileIsReadableByItsOwnerAlone() throws IOException {
        archive().save(SECRET, Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "{\"secret\": nonsense", "{\"secret\":\"s\"}", "not JSON", "1e999"})
    void fileThatIsNoArchiveIsSetAside(String content) throws IOException {
        Files.writeString(file(), content);

        assertThat(archive().load().sessions().rooms()).isEmpty();

        assertThat(file()).doesNotExist();
        assertThat(aside()).hasContent(content);
    }

    /** Each is what was saved, but for one thing. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"secret\":\"0123456789abcdef0123456789abcdef\" | \"secret\":\"\"",
                "\"secret\":\"0123456789abcdef0123456789abcdef\" | \"secret\":\"s\"",
                "\"secret\":\"0123456789abcdef0123456789abcdef\" | \"secret\":null",
                "film-night | film night",
                "\"savedAt\":1000000 | \"savedAt\":9223372036854775807",
                "\"savedAt\":1000000 | \"savedAt\":-1",
                "\"savedAt\":1000000 | \"savedAt\":1300501",
                "\"savedAt\":1000000, | ``",
                "\"anchor\":12.5 | \"anchor\":1e308",
                "\"anchor\":12.5 | \"anchor\":31622399.9",
                "\"anchor\":12.5 | \"anchor\":1e999",
                "\"anchor\":12.5 | \"anchor\":-1",
                "\"anchor\":12.5 | \"anchor\":\"12.5\"",
                "\"anchor\":12.5 | \"anchor\":null",
                "\"playing\":true | \"playing\":\"true\"",
                "\"playing\":true | \"playing\":null",
                "\"updatedAt\":1000000 | \"updatedAt\":9000000000000000000",
                "\"seq\":1000002,\"lastAction\" | \"seq\":9223372036854775807,\"lastAction\"",
                "\"seq\":1000002,\"lastAction\" | \"seq\":1000001,\"lastAction\"",
                "\"seq\":1000002,\"at\" | \"seq\":1000001,\"at\"",
                "\"seq\":1000001,\"at\" | \"seq\":-5,\"at\"",
                "\"at\":1000000 | \"at\":-1",
                "dQw4w9WgXcQ | <b>",
                "\"action\":\"play\" | \"action\":\"init\"",
                "\"action\":\"play\" | \"action\":1",
                "\"lastAction\":\"play\" | \"lastAction\":\"pause\"",
                "\"lastAction\":\"play\" | \"lastAction\":\"init\"",
                "\"lastAction\":\"play\" | \"lastAction\":1",
                "\"playing\":true | \"playing\":false",
                "\"updatedAt\":1000000 | \"updatedAt\":1000000.5",
                "\"updatedAt\":1000000 | \"updatedAt\":999999",
                "\"updatedAt\":1000000 | \"updatedAt\":1e6",
                "\"updatedAt\":1000000 | \"updatedAt\":\"\"",
                "\"updatedAt\":1000000 | \"updatedAt\":[1000000]",
                "\"updatedAt\":1000000 | \"updatedAt\":1000000,\"updatedAt\":1000000",
                "\"playing\":true | \"playing\":1",
                "\"secret\":\"0123456789abcdef0123456789abcdef\" | \"secret\":12345678901234567890123456789012345",
                "\"secret\":\"0123456789abcdef0123456789abcdef\" | \"secret\":[\"0123456789abcdef0123456789abcdef\"]",
                "\"Zoë\" | 5",
                "\"Zoë\" | 5.5",
                "\"Zoë\" | true",
                "\"alice-alice-alice-al\" | 12345678901234567890",
                "\"dQw4w9WgXcQ\" | 12345678901",
                "\"lastAction\":\"play\" | \"lastAction\":\"\"",
                "\"lastAction\":\"play\" | \"lastAction\":\"PLAY\"",
                "\"action\":\"changeVideo\" | \"action\":\"seek\"",
                "\"action\":\"changeVideo\" | \"action\":\"pause\"",
                "\"action\":\"play\" | \"action\":\"changeVideo\"",
                "\"lastAction\":\"play\" | \"lastAction\":\"changeVideo\"",
                "\"joinedAt\":999000 | \"joinedAt\":9999999999999",
                "\"joinedAt\":999000 | \"joinedAt\":999000,\"more\":1",
                "alice-alice-alice-al | alice",
                "alice-alice-alice-al | <script>-alice-alice",
            })
    void fileWithAFieldThatCannotBeIsSetAside(String written, String changed) throws IOException {
        archive().save(SECRET, SESSIONS);
        String content = Files.readString(file());
        assertThat(content).contains(written);
        Files.writeString(file(), content.replace(written, changed));

        assertThat(archive().load().sessions().rooms()).isEmpty();
        assertThat(aside()).exists();
        archive().save(SECRET, SESSIONS);
        assertThat(archive().load().sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    void fileThatNamesARoomOrAPersonTwiceIsSetAside() throws IOException {
        archive().save(SECRET, SESSIONS);
        String content = Files.readString(file());
        String rooms = content.substring(content.indexOf('[') + 1, content.lastIndexOf(']'));
        Files.writeString(file(), content.replace(rooms, rooms + "," + rooms));

        assertThat(archive().load().sessions().rooms()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void namesThatAreReadBackAreCleanedLikeAClients() throws IOException {
        archive().save(SECRET, SESSIONS);
        String content = Files.readString(file());
        String hostile = "An\\u202e\\u0000n";
        Files.writeString(file(), content.replace(NAME, hostile).replace("Alice", hostile));

        Snapshot read = archive().load().sessions().rooms().get(ROOM).snapshot();

        assertThat(read.participants()).extracting(Participant::username).containsOnly(new Username("Ann"));
        assertThat(read.state().trail()).extracting(PlaybackChange::username).containsOnly(new Username("Ann"));
    }

    @Test
    void ownerIsKnownWithoutATemporaryFile() {
        archive().save(SECRET, SESSIONS);
        String folderBefore =
                System.setProperty("java.io.tmpdir", folder.resolve("missing").toString());
        try {
            assertThat(archive().load().sessions().rooms()).isEqualTo(SESSIONS);
        } finally {
            System.setProperty("java.io.tmpdir", folderBefore);
        }
    }

    @Test
    void secondServerWithTheSameFileKeepsNone() {
        try (Archive second = archive()) {
            try (Archive first = archive()) {
                first.load();
                assertThat(first.open()).isTrue();
                first.save(SECRET, SESSIONS);

                assertThat(second.load().sessions().rooms()).isEmpty();
                assertThat(second.open()).isFalse();
                assertThat(second.isOpen()).isFalse();
            }
            assertThat(second.open()).isTrue();
            assertThat(second.load().secret()).isNotEqualTo(SECRET); // its own lock is as another's
        }
        assertThat(archive().load().sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void serverOfTheSameProcessThatIsRefusedTakesNoLockAway() throws Exception {
        try (Archive first = archive()) {
            assertThat(first.open()).isTrue();
            try (Archive second = archive(folder.resolve(".").resolve("sessions"))) {
                assertThat(second.load().sessions().rooms()).isEmpty();
                assertThat(second.open()).isFalse();
            }

            assertThat(TestingLockProbe.isFree(file())).isFalse();
        }
        assertThat(TestingLockProbe.isFree(file())).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(60)
    void whateverElseStandsInThePlaceOfTheFileIsNamedAndLeftAlone() throws Exception {
        Files.createDirectory(file());
        assertLeftAlone(" is a folder");
        assertThat(file()).isEmptyDirectory();

        Files.delete(file());
        Files.createSymbolicLink(file(), folder.resolve("missing"));
        assertLeftAlone(" is a link, and links are not followed");
        assertThat(file()).isSymbolicLink();

        Files.delete(file());
        Path elsewhere = folder.resolve("elsewhere");
        archive(elsewhere).save(SECRET, SESSIONS);
        Files.createSymbolicLink(file(), elsewhere);
        assertLeftAlone(" is a link, and links are not followed");
        assertThat(archive(elsewhere).load().sessions().rooms()).isEqualTo(SESSIONS);

        Files.delete(file());
        pipe(file());
        assertLeftAlone(" is no file but a pipe or a device");
        assertThat(Files.readAttributes(file(), BasicFileAttributes.class).isOther())
                .isTrue();

        assertLeftAlone(elsewhere.resolve("sessions"), " cannot be reached: ");
        assertThat(elsewhere).isRegularFile();
    }

    /** It may be intact: a disk may give it again, and somebody may move it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileThatCannotBeReadNorSetAsideIsLeftAlone() throws Exception {
        Files.writeString(file(), "not JSON");
        Files.createDirectories(aside().resolve("x"));
        try (Archive archive = archive()) {
            assertThat(lines(() -> {
                        archive.load();
                        assertThat(archive.open()).isFalse();
                    }))
                    .singleElement()
                    .asString()
                    .contains(file() + " cannot be read", "nor set aside", "no sessions are kept over a restart");
        }
        assertThat(file()).hasContent("not JSON");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fileThatTheSystemDoesNotGiveIsNamed() {
        assertThat(lines(() -> archive(Path.of("/proc/self/mem")).load()))
                .singleElement()
                .asString()
                .contains("/proc/self/mem cannot be read (its disk does not give it)");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lockThatCannotBeUsedIsNamed() throws Exception {
        Path lock = folder.resolve("sessions.lock");
        Files.createDirectory(lock);
        try (Archive archive = archive()) {
            assertThat(lines(() -> assertThat(archive.open()).isTrue()))
                    .singleElement()
                    .asString()
                    .contains(lock + " is a folder", "would not be noticed");
        }
    }

    /** The library may be loaded twice in one process, as by two web applications. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lockThatAnotherCopyOfTheLibraryHoldsStaysWithIt() throws Exception {
        try (FileChannel channel = FileChannel.open(
                        folder.resolve("sessions.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(archive().open()).isFalse();
            assertThat(archive().open()).isFalse();
            assertThat(held.isValid()).isTrue();

            assertThat(TestingLockProbe.isFree(file())).isFalse();
        }
        try (Archive later = archive()) {
            assertThat(later.open()).isTrue();
            assertThat(TestingLockProbe.isFree(file())).isFalse();
        }
    }

    @Test
    void lockThatIsGivenBackTwiceStaysWithWhoTookItMeanwhile() {
        ArchiveLock first = ArchiveLock.take(file()).orElseThrow();
        first.close();
        try (ArchiveLock second = ArchiveLock.take(file()).orElseThrow()) {
            first.close();

            assertThat(second).isNotNull();
            assertThat(ArchiveLock.take(file())).isEmpty();
        }
    }

    @Test
    void lineThatItIsWrittenAgainFollowsOneThatItWasNot() throws IOException {
        Path blocked = Files.createDirectories(folder.resolve("sessions.next").resolve("x"));
        try (Archive archive = archive()) {
            assertThat(lines(() -> archive.save(SECRET, SESSIONS)))
                    .singleElement()
                    .asString()
                    .contains(file() + " cannot be written (a folder is in its place)");
            assertThat(lines(() -> archive.save(SECRET, SESSIONS))).isEmpty();
            Files.delete(blocked);
            assertThat(lines(() -> archive.save(SECRET, SESSIONS)))
                    .singleElement()
                    .asString()
                    .contains(file() + " is written again");

            Files.createDirectories(blocked);
            assertThat(lines(() -> archive.save(SECRET, SESSIONS))).isEmpty();
            Files.delete(blocked);
            assertThat(lines(() -> archive.save(SECRET, SESSIONS))).isEmpty();
        }
    }

    @Test
    void thatTheFileCannotBeWrittenIsSaidOnceAMinute() throws IOException {
        long[] now = {1_000_500};
        RecoveryConfig config = new RecoveryConfig(
                true, Duration.ofMinutes(2), Duration.ZERO, 10, Optional.empty(), Optional.of(file()));
        Files.createDirectories(folder.resolve("sessions.next").resolve("x"));
        try (Archive archive = new Archive(config, new SecureRandom(), () -> now[0])) {
            int said = 0;
            for (int second = 0; second < 150; second++) {
                said += lines(() -> archive.save(SECRET, SESSIONS)).size();
                now[0] += 1000;
            }

            assertThat(said).isEqualTo(3);
        }
    }

    /** Only the superuser can give a file to somebody else. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileOfAnotherUserIsSetAside() throws IOException {
        archive().save(SECRET, SESSIONS);
        String content = Files.readString(file());
        assumeThat(Files.getOwner(file()).getName()).isEqualTo("root");
        Files.setOwner(
                file(), file().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThat(linesOfLoading())
                .singleElement()
                .asString()
                .startsWith(file() + " cannot be read (it is another user's): it is now " + aside());
        archive().save(SECRET, Map.of());
        assertThat(aside()).hasContent(content);
    }

    private void assertLeftAlone(String reason) {
        assertLeftAlone(file(), reason);
    }

    private void assertLeftAlone(Path file, String reason) {
        try (Archive archive = archive(file)) {
            assertThat(lines(() -> {
                        archive.load();
                        assertThat(archive.open()).isFalse();
                    }))
                    .singleElement()
                    .asString()
                    .contains(file + reason, "no sessions are kept over a restart (watchparty.recovery.file)");
        }
        assertThat(Files.exists(file.resolveSibling(file.getFileName() + ".lock")))
                .isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeInThePlaceOfTheLockHoldsNobodyUp() throws Exception {
        pipe(folder.resolve("sessions.lock"));

        try (Archive archive = archive()) {
            assertThat(archive.open()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"secret\": nonsense | not the JSON of a server, line 1, column",
                "null | not the JSON of a server",
                "`` | it is empty",
                "{\"secret\":\"0123456789abcdef0123456789abcdef\",\"rooms\":null} | not the JSON of a server, line 1, column",
                "{\"secret\":\"0123456789abcdef0123456789abcdef\",\"rooms\":[null]} | not the JSON of a server, line 1, column",
                "{\"secret\":\"<b>\",\"rooms\":[]} | secret: a text of 3 characters (expected: 32 .. 1000)",
                "{\"secret\":\"<b>\",\"rooms\":[{\"room\":\"<b> <b>\"}]} | a value that no server writes, at rooms[0].room",
                "{\"secret\":\"<b>\",\"rooms\":[{\"<b>\":1}]} | a value that no server writes, at rooms[0]",
            })
    void reasonIsInOurOwnWords(String content, String reason) throws IOException {
        Files.writeString(file(), content);

        assertThat(linesOfLoading())
                .singleElement()
                .asString()
                .contains(reason)
                .doesNotContain("<b>", "dev.watchparty");
    }

    /** Each state that commands lead to is read back, as {@code PlaybackRules} makes them. */
    @Test
    void everyHistoryThatAServerWritesIsRead() {
        List<PlaybackCommand> commands = List.of(
                new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ")),
                new PlaybackCommand.Play(Optional.of(1.0)),
                new PlaybackCommand.Pause(Optional.of(2.0)),
                new PlaybackCommand.Seek(Optional.of(3.0)));
        PlaybackRules rules = new PlaybackRules(new Fixes(false, Duration.ZERO, false, Duration.ZERO, true, true));
        List<SessionState> states = List.of(SessionState.initial(1_000_000, 1_000_000));
        for (int length = 0; length <= 4; length++) {
            for (SessionState state : states) {
                Map<RoomId, Saved> saved = Map.of(ROOM, new Saved(new Snapshot(state, List.of()), 1_000_000));
                archive().save(SECRET, saved);

                assertThat(archive().load().sessions().rooms()).isEqualTo(saved);
            }
            states = states.stream()
                    .flatMap(state -> commands.stream().map(command -> rules.apply(state, command, BOB, 1_000_000)))
                    .map(Transition::state)
                    .toList();
        }
    }

    private List<String> linesOfLoading() {
        return lines(() -> archive().load());
    }

    private static List<String> lines(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(Archive.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            action.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static void pipe(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void fileOfBeforeStaysWhenItCannotBeReplaced() throws IOException {
        archive().save(SECRET, SESSIONS);
        Path inTheWay = Files.createDirectories(folder.resolve("sessions.next").resolve("x"))
                .getParent();

        archive().save(SECRET, Map.of());

        Files.delete(inTheWay.resolve("x"));
        assertThat(archive().load().sessions().rooms()).isEqualTo(SESSIONS);
        assertThat(folder).isDirectoryNotContaining("glob:**/*.next");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkIsNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        archive(elsewhere).save(SECRET, Map.of());
        Files.createSymbolicLink(file(), elsewhere);

        assertThat(archive().load().secret()).isNotEqualTo(SECRET);
    }

    @Test
    void secretOfTheSettingsStandsAboveTheFiles() {
        archive().save(SECRET, Map.of());
        RecoveryConfig config = new RecoveryConfig(
                true, Duration.ofMinutes(2), Duration.ZERO, 10, Optional.of(ANOTHER_SECRET), Optional.of(file()));

        assertThat(new Archive(config, new SecureRandom(), () -> 1_000_500)
                        .load()
                        .secret())
                .isEqualTo(ANOTHER_SECRET);
    }

    private Path aside() {
        return folder.resolve("sessions.unreadable");
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
        return new Archive(config, new SecureRandom(), () -> 1_000_500);
    }

    private static PlaybackChange change(LastAction action, long seq) {
        return new PlaybackChange(action, seq, 1_000_000, ALICE, new Username("Alice"));
    }
}
