package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.OTHER_VIDEO;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.Fix;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Each fix of a fault of the original, as a real JavaScript client sees it on the wire: with the fix on, as by default,
 * and with its key off. {@link OriginalPageTest} shows the effect of the fixes on the original's page.
 */
class FixesTest {
    private static final ClientKind OLD_CLIENT = ClientKind.JS_UPGRADE;

    /** The {@code auth} of a client that sends a command only when a person wants it. */
    private static final Map<String, ?> OWN_CLIENT = Map.of("generation", 2);

    private static final String LONG_WINDOW = "10 minutes";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    // A room's first number comes from the clock.

    @Test
    void numbersRiseAcrossARestart() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        long before = party.snapshot().path("seq").longValue();

        party.restart();

        ann.await(ReceivedEvent.DISCONNECTED);
        ann.await(ReceivedEvent.CONNECTED);
        assertThat(party.snapshot().path("seq").longValue()).isGreaterThan(before);
    }

    @Test
    void firstNumberIsZeroWithTheClockOff() {
        party.start(Fix.FIRST_SEQ_FROM_CLOCK.off());

        assertThat(party.snapshot().path("seq").longValue()).isZero();
    }

    // A page that comes back receives the changes that it missed.

    @Test
    void videoPlayAndSeekAreReplayedAfterAReconnect() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        ann.emit("session:play", Map.of("time", 30));
        ann.emit("session:seek", Map.of("time", 90));
        long videoSeq = ann.await("session:videoChange").path("seq").longValue();
        long playSeq = ann.await("session:play").path("seq").longValue();
        long seekSeq = ann.await("session:seek").path("seq").longValue();

        List<ReceivedEvent> replay = replayTo(party.connect(OLD_CLIENT, "Bob"));

        assertThat(names(replay)).containsExactly("session:videoChange", "session:play", "session:seek");
        assertThat(seqs(replay)).containsExactly(videoSeq, playSeq, seekSeq);
        assertThat(replay.get(0).payload().path("videoId").textValue()).isEqualTo(OTHER_VIDEO);
        assertThat(replay.get(1).payload().path("time").doubleValue()).isGreaterThanOrEqualTo(90);
        assertThat(replay.get(2).payload().path("time").doubleValue()).isGreaterThanOrEqualTo(90);
        assertThat(replay.get(2).payload().path("username").textValue()).isEqualTo("Ann");
    }

    @Test
    void playbackThatAVideoChangeEndedIsNotReplayed() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:play", Map.of("time", 30));
        ann.emit("session:seek", Map.of("time", 90));
        ann.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        ann.await("session:videoChange");

        assertThat(names(replayTo(party.connect(OLD_CLIENT, "Bob")))).containsExactly("session:videoChange");
    }

    @Test
    void seekBeforeAPauseIsNotReplayed() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:play", Map.of("time", 30));
        ann.emit("session:seek", Map.of("time", 90));
        ann.emit("session:pause", Map.of("time", 95));
        ann.await("session:pause");

        List<ReceivedEvent> replay = replayTo(party.connect(OLD_CLIENT, "Bob"));

        assertThat(names(replay)).containsExactly("session:videoChange", "session:pause");
        assertThat(replay.get(1).payload().path("time").doubleValue()).isEqualTo(95);
    }

    @Test
    void nothingIsReplayedWithTheFixOff() {
        party.start(Fix.REPLAY_MISSED_CHANGES.off());
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:play", Map.of("time", 30));
        ann.await("session:play");

        assertThat(replayTo(party.connect(OLD_CLIENT, "Bob"))).isEmpty();
    }

    @Test
    void nothingIsReplayedToOurOwnClient() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:play", Map.of("time", 30));
        ann.await("session:play");

        assertThat(replayTo(party.connect(OLD_CLIENT, "Bob", OWN_CLIENT))).isEmpty();
    }

    /** The changes that a fresh socket receives after its snapshot. */
    private static List<ReceivedEvent> replayTo(TestingSocketClient fresh) {
        fresh.await("session:init");
        fresh.emit("session:join", Map.of("username", fresh.toString())); // its snapshot comes after the replay
        fresh.await("session:init");
        return fresh.received().stream()
                .filter(event -> event.name().startsWith("session:"))
                .filter(event -> !event.name().equals("session:init"))
                .filter(event -> !event.name().equals("session:sync"))
                .toList();
    }

    // A joiner's player is not a person.

    @ParameterizedTest
    @CsvSource({"session:pause, 100", "session:pause, 5", "session:play, 5"})
    void contradictionRightAfterAJoinOnlyCorrectsItsSender(String event, double time) {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        long seen = lastSeq(bob);
        bob.forget();
        ann.forget();

        bob.emit(event, Map.of("time", time));

        JsonNode correction = bob.await("session:play");
        assertThat(correction.path("seq").longValue()).isGreaterThan(seen);
        assertThat(correction.path("time").doubleValue()).isGreaterThanOrEqualTo(100);
        assertUntold(ann, event);
        JsonNode now = party.snapshot();
        assertThat(now.path("isPlaying").booleanValue()).isTrue();
        assertThat(now.path("playbackTime").doubleValue()).isGreaterThanOrEqualTo(100);
    }

    @Test
    void playRightAfterAJoinDoesNotStartAPausedRoom() {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = joinAndSetVideo("Ann");
        ann.emit("session:seek", Map.of("time", 40));
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        long seen = lastSeq(bob);
        bob.forget();

        bob.emit("session:play", Map.of("time", 0));

        JsonNode correction = bob.await("session:pause");
        assertThat(correction.path("time").doubleValue()).isEqualTo(40);
        assertThat(correction.path("seq").longValue()).isGreaterThan(seen);
        assertUntold(ann, "session:play");
    }

    @Test
    void changeAfterACorrectionIsNewerThanTheCorrection() {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();
        bob.emit("session:pause", Map.of("time", 5));
        long correction = bob.await("session:play").path("seq").longValue();

        ann.emit("session:seek", Map.of("time", 300));

        assertThat(bob.await("session:seek").path("seq").longValue()).isGreaterThan(correction);
    }

    @Test
    void contradictionAfterTheWindowIsACommand() {
        party.start(Map.of("watchparty.fixes.stale-join-window", "1 ms"));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        ann.await("session:userJoined");

        bob.emit("session:pause", Map.of("time", 50));

        assertThat(ann.await("session:pause").path("time").doubleValue()).isEqualTo(50);
    }

    @Test
    void contradictionIsACommandWithTheFixOff() {
        party.start(Fix.IGNORE_STALE_JOIN_COMMANDS.off());
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");

        bob.emit("session:pause", Map.of("time", 5));

        assertThat(ann.await("session:pause").path("time").doubleValue()).isEqualTo(5);
    }

    @Test
    void ourOwnClientIsObeyedRightAfterItsJoin() {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob", OWN_CLIENT);

        bob.emit("session:pause", Map.of("time", 5));

        assertThat(ann.await("session:pause").path("time").doubleValue()).isEqualTo(5);
    }

    @Test
    void clientThatSetTheVideoAfterItsJoinIsObeyedAtOnce() {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = party.join(OLD_CLIENT, "Ann");
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");

        bob.emit("session:changeVideo", Map.of("videoId", VIDEO));
        bob.emit("session:play", Map.of("time", 0));

        ann.await("session:play");
    }

    @Test
    void clientThatIsAloneIsObeyedAtOnce() {
        party.start(Map.of("watchparty.fixes.stale-join-window", LONG_WINDOW));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        ann.disconnect();
        Awaitility.await("Ann has left")
                .until(() -> party.snapshot().path("users").isEmpty());
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");

        bob.emit("session:pause", Map.of("time", 5));

        assertThat(bob.await("session:pause").path("time").doubleValue()).isEqualTo(5);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isFalse();
    }

    @Test
    void aNewNameIsNotANewJoin() {
        party.start(Map.of("watchparty.fixes.stale-join-window", "1 ms"));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.settle();

        bob.emit("session:join", Map.of("username", "Robert"));
        bob.emit("session:pause", Map.of("time", 50));

        assertThat(ann.await("session:pause").path("username").textValue()).isEqualTo("Robert");
    }

    // An echo of the room's current state is not a command.

    @ParameterizedTest
    @CsvSource({"session:play, 100", "session:play, 101", "session:play, 99.2"})
    void playWhilePlayingNearThePositionReachesNobodyElse(String event, double time) {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");

        ann.emit("session:play", Map.of("time", 100));
        ann.emit(event, Map.of("time", time)); // at once, since the room goes on

        long seq = bob.await("session:play").path("seq").longValue();
        assertUntold(bob, ann, event);
        JsonNode now = party.snapshot();
        assertThat(now.path("playbackTime").doubleValue()).isGreaterThanOrEqualTo(100);
        assertThat(now.path("seq").longValue()).isEqualTo(seq);
    }

    @Test
    void pauseWhilePausedNearThePositionReachesNobodyElse() {
        TestingSocketClient ann = joinAndSetVideo("Ann");
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();

        ann.emit("session:pause", Map.of("time", 0.8));

        assertUntold(bob, ann, "session:pause");
        assertThat(party.snapshot().path("playbackTime").doubleValue()).isZero();
    }

    @Test
    void playWhilePlayingFarFromThePositionIsASeek() {
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();

        ann.emit("session:play", Map.of("time", 170));

        assertThat(bob.await("session:play").path("time").doubleValue()).isBetween(170.0, 180.0);
    }

    @Test
    void toleranceIsAsConfigured() {
        party.start(Map.of("watchparty.fixes.echo-tolerance", "60 s"));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();

        ann.emit("session:play", Map.of("time", 130));

        assertUntold(bob, ann, "session:play");
    }

    @Test
    void echoIsACommandWithTheFixOff() {
        party.start(Fix.SUPPRESS_ECHOES.off());
        TestingSocketClient ann = joinAndSetVideo("Ann");
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();

        ann.emit("session:pause", Map.of("time", 0.8));

        assertThat(bob.await("session:pause").path("time").doubleValue()).isEqualTo(0.8);
    }

    // Names.

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A\\u0000\\u0007nn | Ann",
                "\\u202EnnA | nnA",
                "A\\u200B\\u200Dnn\\uFEFF | Ann",
                "A\\nn\\tn | Ann",
                "e\\u0301 | \\u00E9",
                "\\u200B\\u202E<> | Anonymous",
                "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<Ann | Ann",
            })
    void nameIsCleanedBeforeItIsCut(String typed, String shown) {
        assertThat(nameAfterJoining(unescape(typed))).isEqualTo(unescape(shown));
    }

    @Test
    void nameIsCutBetweenCharacters() {
        assertThat(nameAfterJoining("a".repeat(49) + "\uD83C\uDFAC\uD83C\uDFAC"))
                .isEqualTo("a".repeat(49) + "\uD83C\uDFAC");
    }

    @Test
    void nameIsCutBeforeItIsCleanedWithTheFixOff() {
        party.start(Fix.CLEAN_USERNAMES.off());

        assertThat(nameAfterJoining("<".repeat(48) + "Ann")).isEqualTo("An");
        assertThat(nameAfterJoining("A\u202Enn")).isEqualTo("A\u202Enn");
    }

    private String nameAfterJoining(String typed) {
        TestingSocketClient joiner = party.connect(OLD_CLIENT, "joiner");
        joiner.await("session:init");
        joiner.emit("session:join", Map.of("username", typed));
        return joiner.await("session:init")
                .path("users")
                .path(joiner.id())
                .path("username")
                .textValue();
    }

    private static String unescape(String text) {
        return Json.parse("\"" + text + "\"").textValue();
    }

    // No announcement is sent for a page that was closed on its join screen.

    @Test
    void leavingWithoutHavingJoinedIsSilent() {
        TestingSocketClient ann = party.join(OLD_CLIENT, "Ann");
        TestingSocketClient stranger = party.connect(OLD_CLIENT, "stranger");
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");

        stranger.disconnect();
        stranger.await(ReceivedEvent.DISCONNECTED);
        bob.disconnect();

        assertThat(ann.await("session:userLeft").path("username").textValue()).isEqualTo("Bob");
    }

    @Test
    void leavingWithoutHavingJoinedIsAnnouncedWithTheFixOff() {
        party.start(Fix.SILENT_UNJOINED_LEAVE.off());
        TestingSocketClient ann = party.join(OLD_CLIENT, "Ann");
        TestingSocketClient stranger = party.connect(OLD_CLIENT, "stranger");

        stranger.disconnect();

        JsonNode left = ann.await("session:userLeft");
        assertThat(left.path("socketId").textValue()).isEqualTo(stranger.id());
        assertThat(left.path("username").textValue()).isEqualTo("Unknown");
    }

    // A drag of the seek bar is a pause and a play.

    @Test
    void othersReceiveAPauseBeforeItsSender() {
        party.start(Map.of("watchparty.fixes.own-pause-echo-delay", "5 s"));
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        bob.forget();

        ann.emit("session:pause", Map.of("time", 110));
        ann.settle();

        assertThat(ann.unawaited("session:pause")).isEmpty();
        JsonNode others = bob.await("session:pause");
        assertThat(ann.await("session:pause")).isEqualTo(others);
    }

    @Test
    void ownPauseIsNotReturnedIfItsSenderPlaysMeanwhile() {
        party.start(Map.of("watchparty.fixes.own-pause-echo-delay", "2 s"));
        TestingSocketClient ann = joinAndPlay("Ann", 100);

        ann.emit("session:pause", Map.of("time", 110));
        ann.emit("session:play", Map.of("time", 200));
        ann.await("session:play", play -> play.path("time").doubleValue() >= 200);
        ann.await("session:sync");
        ann.await("session:sync");
        ann.await("session:sync");

        assertThat(ann.unawaited("session:pause")).isEmpty();
    }

    @Test
    void ownPauseIsReturnedAtOnceWithTheFixOff() {
        party.start(Fix.DELAY_OWN_PAUSE_ECHO.off());
        TestingSocketClient ann = joinAndPlay("Ann", 100);

        ann.emit("session:pause", Map.of("time", 110));
        ann.settle();

        assertThat(ann.unawaited("session:pause")).hasSize(1);
    }

    @Test
    void ownPauseIsReturnedAtOnceToOurOwnClient() {
        party.start(Map.of("watchparty.fixes.own-pause-echo-delay", LONG_WINDOW));
        TestingSocketClient ann = party.join(OLD_CLIENT, "Ann", OWN_CLIENT);
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.emit("session:play", Map.of("time", 100));

        ann.emit("session:pause", Map.of("time", 110));
        ann.settle();

        assertThat(ann.unawaited("session:pause")).hasSize(1);
    }

    // The same video again.

    @Test
    void sameVideoAgainPausesAllAtZero() {
        TestingSocketClient ann = joinAndPlay("Ann", 100);
        TestingSocketClient bob = party.join(OLD_CLIENT, "Bob");
        ann.forget();
        bob.forget();

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        for (TestingSocketClient each : List.of(ann, bob)) {
            long change = each.await("session:videoChange").path("seq").longValue();
            JsonNode pause = each.await("session:pause");
            assertThat(pause.path("time").doubleValue()).isZero();
            assertThat(pause.path("seq").longValue()).isEqualTo(change + 1);
            assertThat(pause.path("username").textValue()).isEqualTo("Ann");
        }
    }

    @Test
    void anotherVideoIsNotFollowedByAPause() {
        TestingSocketClient ann = joinAndPlay("Ann", 100);

        ann.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        ann.settle();

        assertThat(ann.unawaited("session:pause")).isEmpty();
    }

    @Test
    void sameVideoAgainIsNotFollowedByAPauseWithTheFixOff() {
        party.start(Fix.PAUSE_AFTER_SAME_VIDEO.off());
        TestingSocketClient ann = joinAndPlay("Ann", 100);

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.settle();

        assertThat(ann.unawaited("session:pause")).isEmpty();
    }

    private TestingSocketClient joinAndSetVideo(String name) {
        TestingSocketClient client = party.join(OLD_CLIENT, name);
        client.emit("session:changeVideo", Map.of("videoId", VIDEO));
        client.await("session:videoChange");
        return client;
    }

    private TestingSocketClient joinAndPlay(String name, double time) {
        TestingSocketClient client = joinAndSetVideo(name);
        client.emit("session:play", Map.of("time", time));
        client.await("session:play");
        return client;
    }

    /** Asserts that one client receives nothing about the last action of another. */
    private static void assertUntold(TestingSocketClient witness, TestingSocketClient actor, String event) {
        actor.settle();
        assertUntold(witness, event);
    }

    private static void assertUntold(TestingSocketClient witness, String event) {
        witness.settle();
        assertThat(witness.unawaited(event)).isEmpty();
    }

    private static long lastSeq(TestingSocketClient client) {
        return client.received().stream()
                .mapToLong(event -> event.payload().path("seq").longValue())
                .max()
                .orElse(0);
    }

    private static List<String> names(List<ReceivedEvent> events) {
        return events.stream().map(ReceivedEvent::name).toList();
    }

    private static List<Long> seqs(List<ReceivedEvent> events) {
        return events.stream()
                .map(event -> event.payload().path("seq").longValue())
                .toList();
    }
}
