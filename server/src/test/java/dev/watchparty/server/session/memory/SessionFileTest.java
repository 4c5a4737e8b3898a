package dev.watchparty.server.session.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.RoomTitle;
import dev.watchparty.protocol.Steering;
import dev.watchparty.protocol.Username;
import dev.watchparty.protocol.VideoId;
import dev.watchparty.server.session.Arrival;
import dev.watchparty.server.session.Ban;
import dev.watchparty.server.session.Fixes;
import dev.watchparty.server.session.MembershipRules;
import dev.watchparty.server.session.Outcome;
import dev.watchparty.server.session.Participant;
import dev.watchparty.server.session.PlaybackChange;
import dev.watchparty.server.session.PlaybackCommand;
import dev.watchparty.server.session.PlaybackRules;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.RoomSettings;
import dev.watchparty.server.session.RoomState;
import dev.watchparty.server.session.SessionState;
import dev.watchparty.server.session.Snapshot;
import dev.watchparty.server.session.Visitor;
import dev.watchparty.server.session.memory.SavedSessions.Saved;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

class SessionFileTest {
    private static final String ALICE = "alice-alice-alice-al";
    private static final String NAME = "Zoë";
    private static final String BOB = "bob-bob-bob-bob-bob-";
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final RoomId ROOM = new RoomId("film-night");
    private static final Snapshot SNAPSHOT = new Snapshot(
            new SessionState(
                    Optional.of(new VideoId("dQw4w9WgXcQ")),
                    true,
                    12.5,
                    1_000_000,
                    1_000_002,
                    LastAction.PLAY,
                    List.of(change(LastAction.CHANGE_VIDEO, 1_000_001), change(LastAction.PLAY, 1_000_002)),
                    RoomSettings.UNOWNED),
            List.of(new Participant(ALICE, new Username(NAME), 999_000)));

    private static final Map<RoomId, Saved> SESSIONS = Map.of(ROOM, new Saved(SNAPSHOT, 1_000_000));

    private static final String ROOM_OF_SCHEMA_2 = "{\"room\":\"film-night\",\"savedAt\":1000000,"
            + "\"playback\":{\"videoId\":\"dQw4w9WgXcQ\",\"playing\":true,\"anchor\":12.5,"
            + "\"updatedAt\":1000000,\"seq\":1000002,\"lastAction\":\"play\",\"trail\":["
            + "{\"action\":\"changeVideo\",\"seq\":1000001,\"at\":1000000,"
            + "\"socketId\":\"alice-alice-alice-al\",\"username\":\"Alice\"},"
            + "{\"action\":\"play\",\"seq\":1000002,\"at\":1000000,"
            + "\"socketId\":\"alice-alice-alice-al\",\"username\":\"Alice\"}]},"
            + "\"participants\":[{\"socketId\":\"alice-alice-alice-al\",\"username\":\"Zoë\","
            + "\"joinedAt\":999000}]}";

    @TempDir
    private Path folder;

    @Test
    void savedSessionsAreFound() {
        file(place()).save(SESSIONS);
        SessionFile.Contents found = file(place()).load();

        assertThat(found.secret()).isEmpty();
        assertThat(found.sessions().rooms()).isEqualTo(SESSIONS);
    }

    /** Written by a build whose files had no schema number. */
    @Test
    void fileOfSchema1IsReadAndItsSecretToo() throws IOException {
        try (InputStream written = getClass().getResourceAsStream("/sessions-of-schema-1.json")) {
            Files.copy(written, place());
        }
        SessionFile.Contents found = new SessionFile(Optional.of(place()), WINDOW, () -> 1_795_699_740_000L).load();

        assertThat(found.secret()).contains("2sL+ARqdSV3XBa4gSld4VJhFTXD4ohH1lulJLd1fgcM=");
        Saved room = found.sessions().rooms().get(RoomId.DEFAULT);
        assertThat(room.savedAt()).isEqualTo(1_795_699_736_560L);
        SessionState state = room.snapshot().state();
        assertThat(state.videoId()).contains(new VideoId("dQw4w9WgXcQ"));
        assertThat(state.playing()).isTrue();
        assertThat(state.anchor()).isEqualTo(60.25);
        assertThat(state.seq()).isEqualTo(1_795_699_732_861L);
        assertThat(state.trail())
                .extracting(PlaybackChange::action)
                .containsExactly(LastAction.CHANGE_VIDEO, LastAction.PLAY, LastAction.SEEK);
        assertThat(room.snapshot().participants())
                .extracting(participant -> participant.username().value())
                .containsExactly("Bob", "Ålice \"A\" b");
        assertThat(found.sessions()
                        .rooms()
                        .get(new RoomId("film-night"))
                        .snapshot()
                        .state()
                        .videoId())
                .isEmpty();
    }

    /** These bytes are on people's disks: a change of them needs a new schema number. */
    @Test
    void contentOfSchema3IsFixed() throws IOException {
        file(place()).save(SESSIONS);

        String room = ROOM_OF_SCHEMA_2
                .replace("\"participants\"", "\"settings\":null,\"participants\"")
                .replace("\"joinedAt\":999000", "\"joinedAt\":999000,\"participantId\":null");
        assertThat(place()).content().isEqualTo("{\"schema\":3,\"rooms\":[" + room + "]}");
    }

    @Test
    void fileOfSchema2IsRead() throws IOException {
        Files.writeString(place(), "{\"schema\":2,\"rooms\":[" + ROOM_OF_SCHEMA_2 + "]}");

        assertThat(file(place()).load().sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    void settingsAndPersonsAreReadAsTheyWereWritten() throws IOException {
        RoomSettings settings = new RoomSettings(
                new RoomTitle("Friday"),
                Steering.HOSTS,
                true,
                Optional.of(new RoomPassword("100000$c2FsdA$aGFzaA")),
                List.of("hanna-hanna-hanna-ha"),
                List.of(
                        new Ban("mallory-mallory-mall", Optional.of("0123456789abcdef"), 2_000_000),
                        new Ban("trudy-trudy-trudy-tr", Optional.empty(), 3_000_000)),
                false,
                999_000,
                999_999,
                Optional.of(new Username("Hanna")));
        SessionState state = SessionState.initial(1_000_001, 999_000).with(settings);
        Participant tab =
                new Participant("hanna2-hanna2-hanna2", new Username("Hanna"), 999_000, "hanna-hanna-hanna-ha");
        Map<RoomId, Saved> sessions =
                Map.of(new RoomId("film-night"), new Saved(new Snapshot(state, List.of(tab)), 1_000_000));
        file(place()).save(sessions);

        assertThat(file(place()).load().sessions().rooms()).isEqualTo(sessions);
        assertThat(place()).content().contains("\"settings\":{\"title\":\"Friday\",\"steering\":\"hosts\"");
    }

    @Test
    void saveReplacesTheEarlierContent() {
        file(place()).save(SESSIONS);
        file(place()).save(Map.of());

        assertThat(file(place()).load().sessions().rooms()).isEmpty();
        assertThat(folder).isDirectoryContaining("glob:**/sessions").isDirectoryNotContaining("glob:**/*.next");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everyFileIsReadableOnlyByItsOwner() throws IOException {
        file(place()).save(Map.of());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place())))
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
                "not JSON",
                "1e999",
                "{\"schema\":4,\"rooms\":[]}",
                "{\"schema\":\"2\",\"rooms\":[]}",
                "{\"schema\":99999999999,\"rooms\":[]}",
                "{\"schema\":2}",
                "{\"schema\":2,\"secret\":\"s\",\"rooms\":[]}"
            })
    void fileWithoutSessionsIsSetAside(String content) throws IOException {
        Files.writeString(place(), content);

        assertThat(file(place()).load().sessions().rooms()).isEmpty();

        assertThat(place()).doesNotExist();
        assertThat(aside()).hasContent(content);
    }

    /** Each is the saved content with one difference. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
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
    void fileWithAnImpossibleFieldIsSetAside(String written, String changed) throws IOException {
        file(place()).save(SESSIONS);
        String content = Files.readString(place());
        assertThat(content).contains(written);
        Files.writeString(place(), content.replace(written, changed));

        assertThat(file(place()).load().sessions().rooms()).isEmpty();
        assertThat(aside()).exists();
        file(place()).save(SESSIONS);
        assertThat(file(place()).load().sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    void fileThatNamesARoomOrAPersonTwiceIsSetAside() throws IOException {
        file(place()).save(SESSIONS);
        String content = Files.readString(place());
        String rooms = content.substring(content.indexOf('[') + 1, content.lastIndexOf(']'));
        Files.writeString(place(), content.replace(rooms, rooms + "," + rooms));

        assertThat(file(place()).load().sessions().rooms()).isEmpty();
        assertThat(aside()).exists();
    }

    @Test
    void namesThatAreReadBackAreCleanedLikeThoseOfClients() throws IOException {
        file(place()).save(SESSIONS);
        String content = Files.readString(place());
        String hostile = "An\\u202e\\u0000n";
        Files.writeString(place(), content.replace(NAME, hostile).replace("Alice", hostile));

        Snapshot read = file(place()).load().sessions().rooms().get(ROOM).snapshot();

        assertThat(read.participants()).extracting(Participant::username).containsOnly(new Username("Ann"));
        assertThat(read.state().trail()).extracting(PlaybackChange::username).containsOnly(new Username("Ann"));
    }

    @Test
    void ownerIsKnownWithoutATemporaryFile() {
        file(place()).save(SESSIONS);
        String folderBefore =
                System.setProperty("java.io.tmpdir", folder.resolve("missing").toString());
        try {
            assertThat(file(place()).load().sessions().rooms()).isEqualTo(SESSIONS);
        } finally {
            System.setProperty("java.io.tmpdir", folderBefore);
        }
    }

    @Test
    void secondServerWithTheSameFileKeepsNoSessions() {
        try (SessionFile second = file(place())) {
            try (SessionFile first = file(place())) {
                first.load();
                assertThat(first.open()).isTrue();
                first.save(SESSIONS);

                assertThat(second.load().sessions().rooms()).isEmpty();
                assertThat(second.open()).isFalse();
                assertThat(second.isOpen()).isFalse();
            }
            assertThat(second.open()).isTrue();
            assertThat(second.load().sessions().rooms()).isEmpty(); // its own lock counts like another server's
        }
        assertThat(file(place()).load().sessions().rooms()).isEqualTo(SESSIONS);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusedServerOfTheSameProcessEndsNoLock() throws Exception {
        try (SessionFile first = file(place())) {
            assertThat(first.open()).isTrue();
            try (SessionFile second = file(folder.resolve(".").resolve("sessions"))) {
                assertThat(second.load().sessions().rooms()).isEmpty();
                assertThat(second.open()).isFalse();
            }

            assertThat(TestingLockProbe.isFree(place())).isFalse();
        }
        assertThat(TestingLockProbe.isFree(place())).isTrue();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(60)
    void otherObjectInPlaceOfTheFileIsNamedAndLeftAlone() throws Exception {
        Files.createDirectory(place());
        assertLeftAlone(" is a folder");
        assertThat(place()).isEmptyDirectory();

        Files.delete(place());
        Files.createSymbolicLink(place(), folder.resolve("missing"));
        assertLeftAlone(" is a link, and links are not followed");
        assertThat(place()).isSymbolicLink();

        Files.delete(place());
        Path elsewhere = folder.resolve("elsewhere");
        file(elsewhere).save(SESSIONS);
        Files.createSymbolicLink(place(), elsewhere);
        assertLeftAlone(" is a link, and links are not followed");
        assertThat(file(elsewhere).load().sessions().rooms()).isEqualTo(SESSIONS);

        Files.delete(place());
        pipe(place());
        assertLeftAlone(" is not a file but a pipe or a device");
        assertThat(Files.readAttributes(place(), BasicFileAttributes.class).isOther())
                .isTrue();

        assertLeftAlone(elsewhere.resolve("sessions"), " cannot be reached: ");
        assertThat(elsewhere).isRegularFile();
    }

    /** The file may be intact: the disk may be able to read it again, and a person may move it. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileThatCanBeNeitherReadNorSetAsideIsLeftAlone() throws Exception {
        Files.writeString(place(), "not JSON");
        Files.createDirectories(aside().resolve("x"));
        try (SessionFile file = file(place())) {
            assertThat(lines(() -> {
                        file.load();
                        assertThat(file.open()).isFalse();
                    }))
                    .singleElement()
                    .asString()
                    .contains(place() + " cannot be read", "nor set aside", "no sessions are kept over a restart");
        }
        assertThat(place()).hasContent("not JSON");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fileThatTheSystemCannotReadIsNamed() {
        assertThat(lines(() -> file(Path.of("/proc/self/mem")).load()))
                .singleElement()
                .asString()
                .contains("/proc/self/mem cannot be read (its disk cannot read it)");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void lockThatCannotBeUsedIsNamed() throws Exception {
        Path lock = folder.resolve("sessions.lock");
        Files.createDirectory(lock);
        try (SessionFile file = file(place())) {
            assertThat(lines(() -> assertThat(file.open()).isTrue()))
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
            assertThat(file(place()).open()).isFalse();
            assertThat(file(place()).open()).isFalse();
            assertThat(held.isValid()).isTrue();

            assertThat(TestingLockProbe.isFree(place())).isFalse();
        }
        try (SessionFile later = file(place())) {
            assertThat(later.open()).isTrue();
            assertThat(TestingLockProbe.isFree(place())).isFalse();
        }
    }

    @Test
    void lockThatIsReleasedTwiceStaysWithItsNewOwner() {
        SessionFileLock first = SessionFileLock.take(place()).orElseThrow();
        first.close();
        try (SessionFileLock second = SessionFileLock.take(place()).orElseThrow()) {
            first.close();

            assertThat(second).isNotNull();
            assertThat(SessionFileLock.take(place())).isEmpty();
        }
    }

    @Test
    void logSaysThatAnUnwritableFileIsWrittenAgain() throws IOException {
        Path blocked = Files.createDirectories(folder.resolve("sessions.next").resolve("x"));
        try (SessionFile file = file(place())) {
            assertThat(lines(() -> file.save(SESSIONS)))
                    .singleElement()
                    .asString()
                    .contains(place() + " cannot be written (a folder is in its place)");
            assertThat(lines(() -> file.save(SESSIONS))).isEmpty();
            Files.delete(blocked);
            assertThat(lines(() -> file.save(SESSIONS)))
                    .singleElement()
                    .asString()
                    .contains(place() + " is written again");

            Files.createDirectories(blocked);
            assertThat(lines(() -> file.save(SESSIONS))).isEmpty();
            Files.delete(blocked);
            assertThat(lines(() -> file.save(SESSIONS))).isEmpty();
        }
    }

    @Test
    void logReportsAnUnwritableFileOnceAMinute() throws IOException {
        long[] now = {1_000_500};
        Files.createDirectories(folder.resolve("sessions.next").resolve("x"));
        try (SessionFile file = new SessionFile(Optional.of(place()), WINDOW, () -> now[0])) {
            int said = 0;
            for (int second = 0; second < 150; second++) {
                said += lines(() -> file.save(SESSIONS)).size();
                now[0] += 1000;
            }

            assertThat(said).isEqualTo(3);
        }
    }

    /** Only the superuser can give a file to another user. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void fileOfAnotherUserIsSetAside() throws IOException {
        file(place()).save(SESSIONS);
        String content = Files.readString(place());
        assumeThat(Files.getOwner(place()).getName()).isEqualTo("root");
        Files.setOwner(
                place(), place().getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThat(linesOfLoading())
                .singleElement()
                .asString()
                .startsWith(place() + " cannot be read (it belongs to another user): it is now " + aside());
        file(place()).save(Map.of());
        assertThat(aside()).hasContent(content);
    }

    private void assertLeftAlone(String reason) {
        assertLeftAlone(place(), reason);
    }

    private void assertLeftAlone(Path place, String reason) {
        try (SessionFile file = file(place)) {
            assertThat(lines(() -> {
                        file.load();
                        assertThat(file.open()).isFalse();
                    }))
                    .singleElement()
                    .asString()
                    .contains(place + reason, "no sessions are kept over a restart (watchparty.recovery.file)");
        }
        assertThat(Files.exists(place.resolveSibling(place.getFileName() + ".lock")))
                .isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void pipeInPlaceOfTheLockBlocksNoServer() throws Exception {
        pipe(folder.resolve("sessions.lock"));

        try (SessionFile file = file(place())) {
            assertThat(file.open()).isTrue();
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
                "{\"schema\":4,\"rooms\":\"<b>\"} | schema: 4 (expected: 1 .. 3)",
                "{\"schema\":2,\"rooms\":null} | not the JSON of a server, line 1, column",
                "{\"schema\":2,\"rooms\":[null]} | not the JSON of a server, line 1, column",
                "{\"schema\":2,\"rooms\":[{\"room\":\"<b> <b>\",\"savedAt\":1,\"playback\":5}]} | a value that no server writes, at rooms[0].playback",
                "{\"schema\":2,\"rooms\":[{\"<b>\":1}]} | a value that no server writes, at rooms[0]",
                "{\"secret\":\"<b>\",\"rooms\":[{\"room\":\"<b> <b>\"}]} | a value that no server writes, at rooms[0].room",
                "{\"secret\":\"<b>\",\"rooms\":[{\"<b>\":1}]} | a value that no server writes, at rooms[0]",
            })
    void reasonIsInOurOwnWords(String content, String reason) throws IOException {
        Files.writeString(place(), content);

        assertThat(linesOfLoading())
                .singleElement()
                .asString()
                .contains(reason)
                .doesNotContain("<b>", "dev.watchparty");
    }

    /** Every state that commands lead to, as {@code PlaybackRules} creates it, is read back. */
    @Test
    void everyHistoryThatAServerWritesIsRead() {
        List<PlaybackCommand> commands = List.of(
                new PlaybackCommand.ChangeVideo(new VideoId("dQw4w9WgXcQ")),
                new PlaybackCommand.Play(Optional.of(1.0)),
                new PlaybackCommand.Pause(Optional.of(2.0)),
                new PlaybackCommand.Seek(Optional.of(3.0)));
        PlaybackRules rules = new PlaybackRules(new Fixes(false, Duration.ZERO, false, Duration.ZERO, true, true));
        MembershipRules membership = new MembershipRules(10);
        Visitor bob = new Visitor(new Arrival(BOB, 1, false), Optional.empty(), Optional.empty(), 1);
        RoomState room = RoomState.initial(ROOM, SessionState.initial(1_000_000, 1_000_000));
        List<RoomState> states = List.of(membership.enter(room, bob, 1_000_000).state());
        for (int length = 0; length <= 4; length++) {
            for (RoomState state : states) {
                Map<RoomId, Saved> saved = Map.of(ROOM, new Saved(state.snapshot(), 1_000_000));
                file(place()).save(saved);

                assertThat(file(place()).load().sessions().rooms()).isEqualTo(saved);
            }
            states = states.stream()
                    .flatMap(state -> commands.stream().map(command -> rules.apply(state, BOB, command, 1_000_000)))
                    .map(Outcome::state)
                    .toList();
        }
    }

    private List<String> linesOfLoading() {
        return lines(() -> file(place()).load());
    }

    private static List<String> lines(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger(SessionFile.class);
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
    void earlierFileStaysWhenItCannotBeReplaced() throws IOException {
        file(place()).save(SESSIONS);
        Path inTheWay = Files.createDirectories(folder.resolve("sessions.next").resolve("x"))
                .getParent();

        file(place()).save(Map.of());

        Files.delete(inTheWay.resolve("x"));
        assertThat(file(place()).load().sessions().rooms()).isEqualTo(SESSIONS);
        assertThat(folder).isDirectoryNotContaining("glob:**/*.next");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linkIsNotFollowed() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        file(elsewhere).save(Map.of());
        Files.createSymbolicLink(place(), elsewhere);

        assertThat(file(place()).load().sessions().rooms()).isEmpty();
    }

    private Path aside() {
        return folder.resolve("sessions.unreadable");
    }

    private Path place() {
        return folder.resolve("sessions");
    }

    private SessionFile file(Path place) {
        return new SessionFile(Optional.of(place), WINDOW, () -> 1_000_500);
    }

    private static PlaybackChange change(LastAction action, long seq) {
        return new PlaybackChange(action, seq, 1_000_000, ALICE, new Username("Alice"));
    }
}
