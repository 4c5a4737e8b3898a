package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingOriginalPage.PAUSED;
import static dev.watchparty.it.testing.TestingOriginalPage.TOLERANCE;
import static dev.watchparty.it.testing.TestingOriginalPage.awaitTogether;
import static dev.watchparty.it.testing.TestingParty.OTHER_VIDEO;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingOriginalPage;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServerProcess;
import dev.watchparty.it.testing.TestingSocketClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The effect of a lost network, a server that dies, and a closed page on people at the original's page in a real
 * Chromium.
 */
@ResourceLock("players")
class OriginalPageRecoveryTest {
    /** A client that joined a playing party is obeyed at once, as it is after a longer stay. */
    private static final Map<String, Object> ALL_ARE_OBEYED = Map.of("watchparty.fixes.stale-join-window", "1 ms");

    private static final Map<String, Object> NOBODY_IS_MISSED_SOON =
            Map.of("watchparty.fixes.stale-join-window", "1 ms", ServerKeys.RECOVERY_GRACE, "1 minute");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void pageCatchesUpAfterFiveSecondsWithoutANetwork() {
        List<TestingOriginalPage> pages = playTogether(party.joinInBrowser("Ann"), party.joinInBrowser("Bob"));
        Map<String, String> namesById = namesById(pages);
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        TestingOriginalPage ann = pages.get(0);

        ann.goOffline();
        Awaitility.await("nobody sees Ann leave for 5 s")
                .pollInterval(Duration.ofMillis(500))
                .during(Duration.ofSeconds(5))
                .until(() -> isListed(namesById, pages.get(1).look())
                        && usersOfTheServer().equals(namesById));
        assertThat(ann.look().path("connected").booleanValue()).isFalse();
        ann.goOnline();

        assertTogetherAgain(namesById, pages);
        assertEachIsFollowed(pages, witness);
        assertThat(witness.unawaited("session:userLeft")).isEmpty();
    }

    @Test
    void pageCatchesUpWithTheVideoPlayAndSeekThatItMissed() {
        party.start(ALL_ARE_OBEYED);
        List<TestingOriginalPage> pages = playTogether(party.joinInBrowser("Ann"), party.joinInBrowser("Bob"));
        Map<String, String> namesById = namesById(pages);
        TestingSocketClient carol = party.connect(ClientKind.JS_WEBSOCKET, "carol");
        TestingOriginalPage ann = pages.get(0);

        ann.goOffline();
        carol.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));
        carol.emit("session:play", Map.of("time", 30));
        carol.emit("session:seek", Map.of("time", 300));
        carol.await("session:seek");
        ann.goOnline();

        ann.await(
                "shows the other video",
                look -> look.path("videoId").textValue().equals(OTHER_VIDEO));
        assertTogetherAgain(namesById, pages);
        assertThat(ann.look().path("time").doubleValue()).isGreaterThan(300 - TOLERANCE);
        assertEachIsFollowed(pages, carol);
    }

    @Test
    void pagesRecoverWithinAMomentWhenTheServerIsKilled(@TempDir Path folder) {
        Path file = folder.resolve("sessions");
        TestingServerProcess first =
                party.use(TestingServerProcess.start(List.of(), Map.of(ServerKeys.RECOVERY_FILE, file.toString())));
        List<TestingOriginalPage> pages = playTogether(party.joinInBrowser("Ann"), party.joinInBrowser("Bob"));
        Map<String, String> namesById = namesById(pages);
        pages.get(0).drag(200);
        pages.get(1).await("follows", look -> look.path("time").doubleValue() > 200 - TOLERANCE);
        awaitTogether(pages);
        awaitSaved(file, party.snapshot().path("seq").longValue());

        first.close(); // SIGKILL
        first.awaitExit(10);
        party.closeAfterTest(TestingServerProcess.start(
                List.of(), Map.of(ServerKeys.RECOVERY_FILE, file.toString(), ServerKeys.PORT, first.port())));

        assertTogetherAgain(namesById, pages);
        assertThat(pages.get(0).look().path("time").doubleValue()).isGreaterThan(200);
        assertEachIsFollowed(pages, party.connect(ClientKind.JS_WEBSOCKET, "witness"));
    }

    @Test
    void tabsOfOneBrowserComeBackUnderTheirOwnNames() {
        party.start(ALL_ARE_OBEYED);
        TestingOriginalPage ann = party.joinInBrowser("Ann");
        List<TestingOriginalPage> pages =
                playTogether(ann, party.joinBesides(ann, "Bob"), party.joinInBrowser("Carol"));
        Map<String, String> namesById = namesById(pages);
        assertThat(namesById).hasSize(3);
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");

        ann.goOffline();
        pages.get(1).await("has lost it too", look -> !look.path("connected").booleanValue());
        ann.goOnline();

        assertTogetherAgain(namesById, pages);
        assertEachIsFollowed(pages, witness);
        assertThat(witness.unawaited("session:userLeft")).isEmpty();
    }

    @Test
    void pageThatIsReloadedLeavesAtOnceAndJoinsAsAnother() {
        party.start(NOBODY_IS_MISSED_SOON);
        List<TestingOriginalPage> pages = playTogether(party.joinInBrowser("Ann"), party.joinInBrowser("Bob"));
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        TestingOriginalPage ann = pages.get(0);
        String before = ann.socketId();

        ann.reload();

        assertThat(witness.await("session:userLeft").path("socketId").textValue())
                .isEqualTo(before);
        pages.get(1).await("lists Bob alone", look -> look.path("users").size() == 1);
        assertThat(ann.socketId()).isNotEqualTo(before);
        ann.join();
        assertTogetherAgain(namesById(pages), pages);
        assertEachIsFollowed(pages, witness);
    }

    @Test
    void pageThatIsClosedLeavesAtOnceAndTheOthersGoOn() {
        party.start(NOBODY_IS_MISSED_SOON);
        List<TestingOriginalPage> pages =
                playTogether(party.joinInBrowser("Ann"), party.joinInBrowser("Bob"), party.joinInBrowser("Carol"));
        TestingSocketClient witness = party.connect(ClientKind.JS_WEBSOCKET, "witness");
        String gone = pages.get(0).socketId();
        List<TestingOriginalPage> staying = pages.subList(1, 3);

        pages.get(0).closeTab();

        assertThat(witness.await("session:userLeft").path("socketId").textValue())
                .isEqualTo(gone);
        assertTogetherAgain(namesById(staying), staying);
        assertEachIsFollowed(staying, witness);
    }

    /** Pages on one video, playing. */
    private List<TestingOriginalPage> playTogether(TestingOriginalPage... joined) {
        List<TestingOriginalPage> pages = List.of(joined);
        pages.get(0).setVideo(VIDEO);
        pages.forEach(page ->
                page.await("has a player", look -> look.path("playerReady").booleanValue()));
        pages.get(0).play();
        awaitTogether(pages);
        return pages;
    }

    private static Map<String, String> namesById(List<TestingOriginalPage> pages) {
        return pages.stream().collect(toMap(TestingOriginalPage::socketId, TestingOriginalPage::name));
    }

    /**
     * The same people have the same ids, on the server and in every page's list; all are in step, with the server too.
     */
    private void assertTogetherAgain(Map<String, String> namesById, List<TestingOriginalPage> pages) {
        pages.forEach(page ->
                page.await("is connected", look -> look.path("connected").booleanValue()));
        assertThat(namesById(pages)).isEqualTo(namesById);
        Awaitility.await("the server lists " + namesById)
                .until(this::usersOfTheServer, users -> users.equals(namesById));
        for (TestingOriginalPage page : pages) {
            page.await("lists " + namesById.values(), look -> isListed(namesById, look));
        }
        awaitTogether(pages);
        JsonNode look = pages.get(0).look();
        JsonNode room = party.snapshot();
        assertThat(room.path("isPlaying").booleanValue()).isTrue();
        assertThat(room.path("playbackTime").doubleValue() - look.path("time").doubleValue())
                .as("the server's position less the page's, s")
                .isBetween(-TOLERANCE, TOLERANCE + 1); // the snapshot is taken after the page is read
    }

    /** Everybody's pause, play and seek reach all others, under the name of their sender. */
    private static void assertEachIsFollowed(List<TestingOriginalPage> pages, TestingSocketClient witness) {
        double goal = 400;
        for (TestingOriginalPage page : pages) {
            witness.settle();
            witness.forget();

            page.pause();

            assertThat(witness.await("session:pause").path("username").textValue())
                    .isEqualTo(page.name());
            pages.forEach(each -> each.awaitPlayer(PAUSED));
            page.play();
            assertThat(witness.await("session:play").path("username").textValue())
                    .isEqualTo(page.name());
            awaitTogether(pages);
            double aim = goal;
            page.drag(aim);
            pages.forEach(each -> each.await("is past " + aim, look -> isJustPast(aim, look)));
            awaitTogether(pages);
            goal += 50;
        }
    }

    private static boolean isJustPast(double seconds, JsonNode look) {
        double time = look.path("time").doubleValue();
        return time >= seconds - TOLERANCE && time < seconds + 40;
    }

    private Map<String, String> usersOfTheServer() {
        return party.snapshot().path("users").properties().stream()
                .collect(toMap(
                        Map.Entry::getKey,
                        user -> user.getValue().path("username").textValue()));
    }

    private static boolean isListed(Map<String, String> namesById, JsonNode look) {
        return StreamSupport.stream(look.path("users").spliterator(), false)
                .map(JsonNode::textValue)
                .sorted()
                .toList()
                .equals(namesById.values().stream().sorted().toList());
    }

    private static void awaitSaved(Path file, long seq) {
        Awaitility.await("the last change is saved")
                .until(() -> Files.exists(file) && Files.readString(file).contains(Long.toString(seq)));
    }
}
