package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.OTHER_VIDEO;
import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.EveryClientKind;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every event, its payload and its audience, with each kind of client. The client that sends commands here has set the
 * video, so that the promises hold with the fixes on and off.
 */
class EventsContractTest {
    @RegisterExtension
    final TestingParty party = new TestingParty();

    @EveryClientKind
    void snapshotOfAVirginSessionIsTheOriginals(ClientKind kind) {
        long before = System.currentTimeMillis();
        TestingSocketClient ann = party.connect(kind, "Ann");

        JsonNode init = ann.await("session:init");

        assertThat(fieldNames(init))
                .contains(
                        "videoId",
                        "playbackTime",
                        "isPlaying",
                        "lastAction",
                        "lastActionBy",
                        "lastActionByUsername",
                        "seq",
                        "lastUpdatedAt",
                        "users");
        assertThat(init.path("videoId").textValue()).isEmpty();
        assertThat(init.path("playbackTime").doubleValue()).isZero();
        assertThat(init.path("isPlaying").isBoolean()).isTrue();
        assertThat(init.path("isPlaying").booleanValue()).isFalse();
        assertThat(init.path("lastAction").textValue()).isEqualTo("init");
        assertThat(init.path("lastActionBy").textValue()).isEqualTo("system");
        assertThat(init.path("lastActionByUsername").textValue()).isEqualTo("System");
        assertThat(init.path("seq").isIntegralNumber()).isTrue();
        assertThat(init.path("lastUpdatedAt").longValue())
                .isBetween(before - 60_000, System.currentTimeMillis() + 1000);
        assertThat(init.path("users").isObject()).isTrue();
        assertThat(init.path("users")).isEmpty();
    }

    @EveryClientKind
    void joinerGetsASnapshotWithItself(ClientKind kind) {
        TestingSocketClient ann = party.connect(kind, "Ann");
        ann.await("session:init");
        long before = System.currentTimeMillis();

        ann.emit("session:join", Map.of("username", "Ann"));

        JsonNode users = ann.await("session:init").path("users");
        assertThat(fieldNames(users)).containsExactly(ann.id());
        JsonNode self = users.path(ann.id());
        assertThat(fieldNames(self)).contains("socketId", "username", "joinedAt");
        assertThat(self.path("socketId").textValue()).isEqualTo(ann.id());
        assertThat(self.path("username").textValue()).isEqualTo("Ann");
        assertThat(self.path("joinedAt").longValue()).isBetween(before - 1000, System.currentTimeMillis() + 1000);
    }

    @EveryClientKind
    void allOthersHearOfAJoinerPagesThatHaveNotJoinedIncluded(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");
        TestingSocketClient onJoinScreen = party.connect(kind, "page on the join screen");

        TestingSocketClient bob = party.join(kind, "Bob");

        for (TestingSocketClient other : List.of(ann, onJoinScreen)) {
            JsonNode user = other.await("session:userJoined").path("user");
            assertThat(user.path("socketId").textValue()).isEqualTo(bob.id());
            assertThat(user.path("username").textValue()).isEqualTo("Bob");
            assertThat(user.path("joinedAt").isIntegralNumber()).isTrue();
        }
        bob.settle();
        assertThat(bob.unawaited("session:userJoined")).isEmpty();
    }

    @EveryClientKind
    void allOthersHearOfALeaver(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");
        TestingSocketClient onJoinScreen = party.connect(kind, "page on the join screen");
        TestingSocketClient bob = party.join(kind, "Bob");

        bob.disconnect();

        for (TestingSocketClient other : List.of(ann, onJoinScreen)) {
            JsonNode left = other.await("session:userLeft");
            assertThat(left.path("socketId").textValue()).isEqualTo(bob.id());
            assertThat(left.path("username").textValue()).isEqualTo("Bob");
        }
        assertThat(fieldNames(party.snapshot().path("users"))).containsExactly(ann.id());
    }

    @EveryClientKind
    void joiningTwiceRenames(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");
        TestingSocketClient bob = party.join(kind, "Bob");
        ann.await("session:userJoined");

        bob.emit("session:join", Map.of("username", "Robert"));

        assertThat(bob.await("session:init")
                        .path("users")
                        .path(bob.id())
                        .path("username")
                        .textValue())
                .isEqualTo("Robert");
        JsonNode renamed = ann.await("session:userJoined").path("user");
        assertThat(renamed.path("socketId").textValue()).isEqualTo(bob.id());
        assertThat(renamed.path("username").textValue()).isEqualTo("Robert");
        assertThat(party.snapshot().path("users")).hasSize(2);
    }

    @EveryClientKind
    void videoChangeReachesAllAndStandsAtZeroPaused(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");
        TestingSocketClient onJoinScreen = party.connect(kind, "page on the join screen");
        long seqBefore = party.snapshot().path("seq").longValue();

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        for (TestingSocketClient each : List.of(ann, onJoinScreen)) {
            JsonNode change = each.await("session:videoChange");
            assertThat(fieldNames(change)).contains("videoId", "seq", "lastUpdatedAt", "username");
            assertThat(change.path("videoId").textValue()).isEqualTo(VIDEO);
            assertThat(change.path("seq").longValue()).isEqualTo(seqBefore + 1);
            assertThat(change.path("username").textValue()).isEqualTo("Ann");
        }
        JsonNode now = party.snapshot();
        assertThat(now.path("videoId").textValue()).isEqualTo(VIDEO);
        assertThat(now.path("playbackTime").doubleValue()).isZero();
        assertThat(now.path("isPlaying").booleanValue()).isFalse();
        assertThat(now.path("lastAction").textValue()).isEqualTo("changeVideo");
        assertThat(now.path("lastActionBy").textValue()).isEqualTo(ann.id().substring(0, 8));
        assertThat(now.path("lastActionByUsername").textValue()).isEqualTo("Ann");
        assertThat(now.path("seq").longValue()).isEqualTo(seqBefore + 1);
    }

    @EveryClientKind
    void playPauseAndSeekReachAllTheSenderToo(ClientKind kind) {
        TestingSocketClient ann = joinAndSetVideo(kind);
        TestingSocketClient bob = party.connect(kind, "Bob");
        bob.await("session:init");
        long seq = party.snapshot().path("seq").longValue();

        for (String event : List.of("session:play", "session:seek", "session:pause", "session:seek")) {
            seq++;
            ann.emit(event, Map.of("time", 10.25 * seq % 1000));
            for (TestingSocketClient each : List.of(ann, bob)) {
                JsonNode update = each.await(event);
                assertThat(fieldNames(update)).contains("time", "seq", "lastUpdatedAt", "username");
                assertThat(update.path("time").doubleValue()).isBetween(10.25 * seq % 1000, 10.25 * seq % 1000 + 5);
                assertThat(update.path("seq").longValue()).isEqualTo(seq);
                assertThat(update.path("username").textValue()).isEqualTo("Ann");
            }
        }
    }

    @EveryClientKind
    void allHearChangesInTheOrderOfTheirNumbers(ClientKind kind) {
        TestingSocketClient ann = joinAndSetVideo(kind);
        TestingSocketClient bob = party.connect(kind, "Bob");
        bob.await("session:init");
        ann.forget();

        for (int i = 1; i <= 20; i++) {
            ann.emit("session:seek", Map.of("time", i * 10));
        }
        ann.await("session:seek", seek -> seek.path("time").doubleValue() == 200);
        bob.await("session:seek", seek -> seek.path("time").doubleValue() == 200);

        for (TestingSocketClient each : List.of(ann, bob)) {
            List<Double> times = new ArrayList<>();
            List<Long> seqs = new ArrayList<>();
            for (ReceivedEvent event : each.received()) {
                if (event.name().equals("session:seek")) {
                    times.add(event.payload().path("time").doubleValue());
                    seqs.add(event.payload().path("seq").longValue());
                }
            }
            assertThat(times).hasSize(20).isSorted();
            assertThat(seqs).isSorted().doesNotHaveDuplicates();
        }
    }

    @EveryClientKind
    void heartbeatHoldsTheNumberOfTheLastChangeWhileAVideoPlays(ClientKind kind) {
        TestingSocketClient ann = joinAndSetVideo(kind);
        TestingSocketClient onJoinScreen = party.connect(kind, "page on the join screen");

        ann.emit("session:play", Map.of("time", 100));

        JsonNode play = ann.await("session:play");
        for (TestingSocketClient each : List.of(ann, onJoinScreen)) {
            JsonNode first = each.await("session:sync");
            JsonNode second = each.await("session:sync");
            assertThat(fieldNames(first)).contains("time", "seq", "lastUpdatedAt");
            assertThat(first.path("time").doubleValue()).isGreaterThanOrEqualTo(100);
            assertThat(second.path("time").doubleValue())
                    .isGreaterThan(first.path("time").doubleValue());
            assertThat(second.path("seq")).isEqualTo(play.path("seq"));
            assertThat(second.path("lastUpdatedAt")).isEqualTo(play.path("lastUpdatedAt"));
        }
    }

    @EveryClientKind
    void positionRunsWhilePlayingAndStandsWhilePaused(ClientKind kind) {
        TestingSocketClient ann = joinAndSetVideo(kind);
        ann.emit("session:play", Map.of("time", 100));
        ann.await("session:sync", sync -> sync.path("time").doubleValue() > 100.1);

        ann.emit("session:pause", Map.of());

        double paused = ann.await("session:pause").path("time").doubleValue();
        assertThat(paused).isGreaterThan(100.1);
        JsonNode now = party.snapshot();
        assertThat(now.path("playbackTime").doubleValue()).isEqualTo(paused);
        assertThat(now.path("isPlaying").booleanValue()).isFalse();
        assertThat(now.path("lastAction").textValue()).isEqualTo("pause");
    }

    @EveryClientKind
    void missingTimeMeansTheAuthoritativeOne(ClientKind kind) {
        TestingSocketClient ann = joinAndSetVideo(kind);
        ann.emit("session:seek", Map.of("time", 33.5));
        ann.await("session:seek");
        Map<String, Object> nullTime = new HashMap<>();
        nullTime.put("time", null);

        ann.emit("session:play", nullTime);

        assertThat(ann.await("session:play").path("time").doubleValue()).isBetween(33.5, 40.0);
        ann.emit("session:seek", Map.of());
        assertThat(ann.await("session:seek").path("time").doubleValue()).isBetween(33.5, 40.0);
    }

    @Test
    void snapshotHoldsTheCurrentPositionAndTheTimeOfTheAction() {
        TestingSocketClient ann = joinAndSetVideo(ClientKind.JS_UPGRADE);
        ann.emit("session:play", Map.of("time", 50));
        JsonNode play = ann.await("session:play");
        ann.await("session:sync", sync -> sync.path("time").doubleValue() > 50.2);

        JsonNode init = party.snapshot();

        assertThat(init.path("isPlaying").booleanValue()).isTrue();
        assertThat(init.path("playbackTime").doubleValue()).isGreaterThan(50.2);
        assertThat(init.path("lastUpdatedAt")).isEqualTo(play.path("lastUpdatedAt"));
        assertThat(init.path("lastAction").textValue()).isEqualTo("play");
    }

    @Test
    void heartbeatStopsWithThePause() {
        TestingSocketClient ann = joinAndSetVideo(ClientKind.JS_WEBSOCKET);
        ann.emit("session:play", Map.of("time", 0));
        ann.await("session:sync");
        ann.emit("session:pause", Map.of("time", 60));
        ann.await("session:pause");
        ann.settle();
        ann.forget();

        ann.emit("session:play", Map.of("time", 200));
        double afterThePause = ann.await("session:sync").path("time").doubleValue();

        assertThat(afterThePause).isGreaterThanOrEqualTo(200);
    }

    @Test
    void noHeartbeatWithoutAVideo() {
        TestingSocketClient ann = party.join(ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient clock = party.join(ClientKind.JS_WEBSOCKET, "Clock", Map.of("room", "clock"));
        clock.emit("session:changeVideo", Map.of("videoId", VIDEO));
        clock.emit("session:play", Map.of("time", 0));
        ann.emit("session:play", Map.of("time", 5));
        ann.await("session:play");

        clock.await("session:sync");
        clock.await("session:sync");
        ann.settle();

        assertThat(ann.unawaited("session:sync")).isEmpty();
    }

    @Test
    void sameVideoAgainRaisesTheNumber() {
        TestingSocketClient ann = joinAndSetVideo(ClientKind.JS_UPGRADE);
        long seq = party.snapshot().path("seq").longValue();

        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));

        assertThat(ann.await("session:videoChange").path("seq").longValue()).isEqualTo(seq + 1);
    }

    @Test
    void joiningLeavingAndAnInvalidVideoDoNotRaiseTheNumber() {
        TestingSocketClient ann = joinAndSetVideo(ClientKind.JS_UPGRADE);
        long seq = party.snapshot().path("seq").longValue();

        TestingSocketClient bob = party.join(ClientKind.JS_UPGRADE, "Bob");
        bob.disconnect();
        ann.await("session:userLeft");
        ann.emit("session:changeVideo", Map.of("videoId", "not a video"));
        ann.settle();

        assertThat(party.snapshot().path("seq").longValue()).isEqualTo(seq);
    }

    @Test
    void commandsBeforeTheJoinWorkUnderTheNameUnknown() {
        TestingSocketClient stranger = party.connect(ClientKind.JS_UPGRADE, "stranger");

        stranger.emit("session:changeVideo", Map.of("videoId", VIDEO));
        stranger.emit("session:play", Map.of("time", 3));
        stranger.emit("session:pause", Map.of("time", 30));

        assertThat(stranger.await("session:videoChange").path("username").textValue())
                .isEqualTo("Unknown");
        assertThat(stranger.await("session:play").path("username").textValue()).isEqualTo("Unknown");
        assertThat(stranger.await("session:pause").path("username").textValue()).isEqualTo("Unknown");
        JsonNode now = party.snapshot();
        assertThat(now.path("lastActionBy").textValue()).isEqualTo(stranger.id().substring(0, 8));
        assertThat(now.path("lastActionByUsername").textValue()).isEqualTo("Unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "http://youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?list=PL1&v=dQw4w9WgXcQ&t=10s",
        "https://m.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://music.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ",
        "https://youtu.be/dQw4w9WgXcQ?t=42",
        "https://www.youtube.com/embed/dQw4w9WgXcQ",
    })
    void videoIsTakenByIdAndByLink(String text) {
        TestingSocketClient ann = party.join(ClientKind.JAVA_WEBSOCKET, "Ann");

        ann.emit("session:changeVideo", Map.of("videoId", text));

        assertThat(ann.await("session:videoChange").path("videoId").textValue()).isEqualTo(VIDEO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "dQw4w9WgXcQQ",
                "dQw4w9WgXc!",
                "https://example.com/watch?v=dQw4w9WgXcQ",
                "https://youtube.com.example.com/watch?v=dQw4w9WgXcQ",
                "https://www.youtube.com/watch?v=short",
                "https://www.youtube.com/",
                "javascript:alert(1)",
            })
    void otherTextsAreRefusedAsVideos(String text) {
        TestingSocketClient ann = party.join(ClientKind.JAVA_WEBSOCKET, "Ann");

        ann.emit("session:changeVideo", Map.of("videoId", text));
        ann.emit("session:changeVideo", Map.of("videoId", OTHER_VIDEO));

        assertThat(ann.await("session:videoChange").path("videoId").textValue()).isEqualTo(OTHER_VIDEO);
    }

    @ParameterizedTest
    @CsvSource({
        "Ann, Ann",
        "'  Ann  ', Ann",
        "'', Anonymous",
        "'   ', Anonymous",
        "'<>', Anonymous",
        "<b>Ann</b>, bAnn/b",
        "Ärzte 日本 🎬, Ärzte 日本 🎬",
        "AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEEFF, AAAAAAAAAABBBBBBBBBBCCCCCCCCCCDDDDDDDDDDEEEEEEEEEE",
    })
    void nameIsCleanedBeforeItIsShown(String typed, String shown) {
        assertThat(nameAfterJoining(Map.of("username", typed))).isEqualTo(shown);
    }

    @Test
    void missingNameIsAnonymous() {
        assertThat(nameAfterJoining(Map.of())).isEqualTo("Anonymous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "true", "[]", "{}"})
    void nameThatIsNotTextIsAnonymous(String json) {
        Map<String, Object> payload = new HashMap<>();
        payload.put("username", Json.parse(json));
        assertThat(nameAfterJoining(payload)).isEqualTo("Anonymous");
    }

    private String nameAfterJoining(Map<String, ?> payload) {
        TestingSocketClient joiner = party.connect(ClientKind.JS_WEBSOCKET, "joiner");
        joiner.await("session:init");
        joiner.emit("session:join", payload);
        return joiner.await("session:init")
                .path("users")
                .path(joiner.id())
                .path("username")
                .textValue();
    }

    private TestingSocketClient joinAndSetVideo(ClientKind kind) {
        TestingSocketClient ann = party.join(kind, "Ann");
        ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
        ann.await("session:videoChange");
        return ann;
    }

    private static List<String> fieldNames(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
