package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingOriginalPage.DRIFT;
import static dev.watchparty.it.testing.TestingOriginalPage.PAUSED;
import static dev.watchparty.it.testing.TestingOriginalPage.PLAYING;
import static dev.watchparty.it.testing.TestingOriginalPage.TOLERANCE;
import static dev.watchparty.it.testing.TestingOriginalPage.awaitTogether;
import static dev.watchparty.it.testing.TestingParty.OTHER_VIDEO;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.Fix;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingSocketClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The effect of the fixes on people at the original's page. The page itself is unchanged, and its players have real
 * clocks.
 */
@ResourceLock("players")
class OriginalPageTest {
    /**
     * On a busy machine too, an action of a player right after its page has joined still counts as the player's own.
     */
    private static final Map<String, Object> PLAYERS_MAY_BE_SLOW =
            Map.of("watchparty.fixes.stale-join-window", "1 minute");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void twoPagesPlayTogether() {
        List<TestingOriginalPage> pages = playTogether();

        awaitTogether(pages);
    }

    @Test
    void pageThatOutlivesARestartFollowsAgain() {
        List<TestingOriginalPage> pages = playTogether();
        long seqBefore = pages.get(0).look().path("lastSeq").longValue();

        party.restart();

        pages.forEach(
                page -> page.await("is back", look -> look.path("connected").booleanValue()));
        TestingSocketClient carol = party.join(ClientKind.JS_WEBSOCKET, "Carol");
        carol.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        carol.emit("session:play", Map.of("time", 200));
        for (TestingOriginalPage page : pages) {
            page.await(
                    "shows the other video",
                    look -> look.path("videoId").textValue().equals(OTHER_VIDEO));
            JsonNode look = page.await("plays from 200 s", at(PLAYING, 200));
            assertThat(look.path("lastSeq").longValue()).isGreaterThan(seqBefore);
        }
    }

    @Test
    void pageThatComesBackKeepsItsIdAndItsName() {
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        String id = ann.look().path("socketId").textValue();

        ann.dropConnection();

        ann.await(
                "is back under its id",
                look -> look.path("connected").booleanValue()
                        && look.path("socketId").textValue().equals(id));
        ann.setVideo(VIDEO);
        assertThat(witness.await("session:videoChange").path("username").textValue())
                .isEqualTo("Ann");
        JsonNode users = party.snapshot().path("users");
        assertThat(users).hasSize(2);
        assertThat(users.path(id).path("username").textValue()).isEqualTo("Ann");
    }

    @Test
    void pageKeepsItsIdItsNameAndItsVideoAcrossARestart(@TempDir Path folder) {
        party.start(Map.of(ServerKeys.RECOVERY_FILE, folder.resolve("sessions").toString()));
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        ann.setVideo(VIDEO);
        ann.await("has a player", look -> look.path("playerReady").booleanValue());
        String id = ann.look().path("socketId").textValue();

        party.restart();

        TestingSocketClient witness = party.join(ClientKind.JS_WEBSOCKET, "Witness");
        ann.await(
                "is back under its id",
                look -> look.path("connected").booleanValue()
                        && look.path("socketId").textValue().equals(id));
        assertThat(party.snapshot().path("videoId").textValue()).isEqualTo(VIDEO);
        ann.setVideo(OTHER_VIDEO);
        assertThat(witness.await("session:videoChange").path("username").textValue())
                .isEqualTo("Ann");
        party.server().stop();
    }

    @Test
    void pageThatComesBackCatchesUp() {
        List<TestingOriginalPage> pages = playTogether();
        TestingSocketClient carol = party.join(ClientKind.JS_WEBSOCKET, "Carol");
        TestingOriginalPage ann = pages.get(0);

        ann.goOffline();
        carol.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        carol.emit("session:play", Map.of("time", 300));
        carol.await("session:play");
        ann.goOnline();

        ann.await(
                "plays the other video",
                look -> look.path("videoId").textValue().equals(OTHER_VIDEO)
                        && at(PLAYING, 300).test(look));
    }

    @Test
    void pageThatMissedAPausePausesWhenItComesBack() {
        List<TestingOriginalPage> pages = playTogether();
        TestingOriginalPage bob = pages.get(1);

        bob.goOffline();
        pages.get(0).pause();
        awaitState(false);
        bob.goOnline();

        bob.awaitPlayer(PAUSED);
    }

    @Test
    void stallWhileOfflineDoesNotUndoThePauseOfAnother() {
        List<TestingOriginalPage> pages = playTogether();
        TestingOriginalPage bob = pages.get(1);

        stallOffline(bob);
        pages.get(0).pause();
        awaitState(false);
        bob.goOnline();

        bob.awaitPlayer(PAUSED);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isFalse();
    }

    @Test
    void stallWhileOfflineDoesNotMoveThePartyBack() {
        List<TestingOriginalPage> pages = playTogether();
        TestingOriginalPage bob = pages.get(1);
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        witness.settle();
        witness.forget();

        stallOffline(bob);
        for (int beat = 0; beat < 4; beat++) {
            witness.await("session:sync");
        }
        bob.goOnline();

        bob.await("is back", look -> look.path("connected").booleanValue());
        awaitTogether(pages);
        witness.settle();
        assertThat(witness.unawaited("session:play")).isEmpty();
    }

    /** The page buffers the reports of its player, and the library sends them when the page is back. */
    private static void stallOffline(TestingOriginalPage page) {
        int sentBefore = page.look().path("sent").size();
        page.stall(500);
        page.goOffline();
        page.await("has buffered a play", look -> look.path("sent").size() > sentBefore);
    }

    @Test
    void noJoinMovesThePartyBack() {
        party.start(PLAYERS_MAY_BE_SLOW);
        List<TestingOriginalPage> pages = new ArrayList<>(playTogether());
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        List<TestingOriginalPage> onJoinScreen = List.of(
                party.openOriginalPage("Carol"),
                party.openOriginalPage("Dave"),
                party.openOriginalPage("Erin"),
                party.openOriginalPage("Frank"));
        pages.get(0).drag(100);
        awaitPosition(100);
        witness.settle();
        witness.forget();

        onJoinScreen.forEach(TestingOriginalPage::join);
        pages.addAll(onJoinScreen);

        onJoinScreen.forEach(page -> page.await("plays with the party", at(PLAYING, 100)));
        awaitTogether(pages);
        assertThat(witness.unawaited("session:pause")).isEmpty();
        assertThat(party.snapshot().path("playbackTime").doubleValue()).isGreaterThan(100);
    }

    @Test
    void joinDoesNotStopAVideoThatStartedDuringTheJoinScreen() {
        party.start(PLAYERS_MAY_BE_SLOW);
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        party.joinOriginalPage("Bob");
        ann.setVideo(VIDEO);
        ann.await("has a player", look -> look.path("playerReady").booleanValue());
        TestingOriginalPage carol = party.openOriginalPage("Carol");
        ann.play();
        awaitState(true);

        carol.join();

        carol.awaitPlayer(PLAYING);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isTrue();
    }

    @Test
    void stallOfOnePageDoesNotMoveTheOthers() {
        List<TestingOriginalPage> pages = playTogether();
        pages.get(0).drag(100);
        awaitPosition(100);
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        witness.settle();
        witness.forget();

        pages.get(1).stall(300); // far within the tolerance: a busy machine adds to it

        pages.get(1).await("has sent play again", look -> !look.path("sent").isEmpty());
        awaitTogether(pages);
        assertThat(witness.unawaited("session:play")).isEmpty();
    }

    @Test
    void slowPageJumpsAtMostOnceAndTheRoomNeverMoves() {
        List<TestingOriginalPage> pages =
                Stream.of("Ann", "Bob", "Carl").map(party::joinSlowOriginalPage).toList();
        pages.get(0).setVideo(VIDEO);
        pages.forEach(page ->
                page.await("has a player", look -> look.path("playerReady").booleanValue()));
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        pages.get(0).play();
        witness.await("session:play");
        List<Integer> jumpsBefore = pages.stream().map(OriginalPageTest::jumps).toList();

        pages.forEach(page -> page.awaitPlayer(PLAYING));
        for (int beat = 0; beat < 5; beat++) {
            witness.await("session:sync");
        }

        awaitTogether(pages, 2 * DRIFT); // one may be ahead of the room, and another behind it
        assertThat(witness.unawaited("session:play")).isEmpty();
        for (int i = 0; i < pages.size(); i++) {
            assertThat(jumps(pages.get(i)) - jumpsBefore.get(i)).isLessThanOrEqualTo(1);
        }
    }

    /** How often the server made the page's player seek. */
    private static int jumps(TestingOriginalPage page) {
        return page.look().path("jumps").intValue();
    }

    @Test
    void noDragLeavesThePartyPaused() {
        party.start(Map.of("watchparty.fixes.stale-join-window", "1 ms"));
        List<TestingOriginalPage> pages = playTogether();

        for (int drag = 1; drag <= 4; drag++) {
            TestingOriginalPage dragger = pages.get(drag % 2);
            awaitTogether(pages);
            int sentBefore = dragger.look().path("sent").size();
            dragger.drag(drag * 100);
            dragger.await("has sent pause and play", look -> look.path("sent").size() >= sentBefore + 2);
        }
        awaitTogether(pages);
        awaitState(true);
    }

    @Test
    void dragOfAClientThatIsTooFastIsFollowedALittleLater() {
        party.start(Map.of(
                ServerKeys.LIMITS,
                true,
                "watchparty.limits.play-pause.per-second",
                1,
                "watchparty.limits.play-pause.burst",
                1));
        List<TestingOriginalPage> pages = playTogether();

        pages.get(0).drag(200);

        pages.forEach(page -> page.await("plays from 200 s", at(PLAYING, 200)));
        awaitTogether(pages);
        awaitState(true);
    }

    @Test
    void sameVideoAgainStandsAtZeroOnAllPages() {
        List<TestingOriginalPage> pages = playTogether();
        pages.get(0).drag(100);
        pages.forEach(page -> page.await("plays from 100 s", at(PLAYING, 100)));
        awaitTogether(pages);

        pages.get(0).setVideo(VIDEO);

        pages.forEach(page -> page.await(
                "stands at the beginning",
                look -> look.path("playerState").intValue() == PAUSED
                        && look.path("time").doubleValue() < TOLERANCE));
    }

    @Test
    void withTheFixesOffThePageFailsAsItDidWithTheOriginal() {
        party.start(Fix.allOff());
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        TestingOriginalPage bob = party.joinOriginalPage("Bob");
        ann.setVideo(VIDEO);
        ann.await("has a player", look -> look.path("playerReady").booleanValue());
        bob.await("has a player", look -> look.path("playerReady").booleanValue());
        ann.play();
        awaitState(true);
        bob.awaitPlayer(PLAYING);

        ann.drag(100);

        awaitState(false);
        JsonNode look = ann.await("is calm again", page -> page.path("isCalm").booleanValue());
        assertThat(look.path("playerState").intValue()).isEqualTo(PAUSED);
        assertThat(party.snapshot().path("isPlaying").booleanValue()).isFalse();
    }

    /** Two pages on one video, playing. */
    private List<TestingOriginalPage> playTogether() {
        TestingOriginalPage ann = party.joinOriginalPage("Ann");
        TestingOriginalPage bob = party.joinOriginalPage("Bob");
        ann.setVideo(VIDEO);
        ann.await("has a player", look -> look.path("playerReady").booleanValue());
        bob.await("has a player", look -> look.path("playerReady").booleanValue());
        ann.play();
        ann.awaitPlayer(PLAYING);
        bob.awaitPlayer(PLAYING);
        return List.of(ann, bob);
    }

    private static Predicate<JsonNode> at(int playerState, double fromSeconds) {
        return look -> look.path("playerState").asInt(-2) == playerState
                && look.path("time").doubleValue() >= fromSeconds - TOLERANCE
                && look.path("time").doubleValue() < fromSeconds + 60;
    }

    private void awaitPosition(double fromSeconds) {
        Awaitility.await("the party is past " + fromSeconds)
                .until(() -> party.snapshot().path("playbackTime").doubleValue() >= fromSeconds - TOLERANCE);
    }

    private void awaitState(boolean playing) {
        Awaitility.await("the party plays: " + playing)
                .until(() -> party.snapshot().path("isPlaying").booleanValue() == playing);
    }
}
