package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingCluster.View;
import dev.watchparty.it.testing.TestingSocketClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node crashes, or sleeps, while people watch together. Its lease lasts for 10 s. */
class NodeFailureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    @Test
    void peopleOfAKilledNodeLeaveOnceUnlessTheyReturned() {
        Duration grace = Duration.ofSeconds(2);
        cluster.start(2, Map.of(ServerKeys.RECOVERY_GRACE, "2 s"));
        TestingSocketClient carol = cluster.join(1, ClientKind.JS_WEBSOCKET, "Carol");
        TestingSocketClient dave = cluster.join(1, ClientKind.JAVA_WEBSOCKET, "Dave");
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient bob = cluster.join(0, ClientKind.JS_UPGRADE, "Bob");
        TestingSocketClient zoe = cluster.join(0, ClientKind.JS_POLLING, "Zoe");
        play(carol, bob);
        cluster.awaitAgreement();
        String bobsId = bob.id();
        List<TestingSocketClient> stayed = List.of(carol, dave);
        List<Integer> before =
                stayed.stream().map(each -> each.received().size()).toList();

        cluster.lead(bob, 1);
        cluster.lead(zoe, 1);
        long killedAt = System.nanoTime();
        cluster.kill(0);

        bob.await(ReceivedEvent.CONNECTED);
        zoe.await(ReceivedEvent.CONNECTED);
        assertThat(bob.id()).isEqualTo(bobsId);
        for (TestingSocketClient each : stayed) {
            Awaitility.await("%s hears that Ann left".formatted(each))
                    .atMost(PATIENCE)
                    .until(() -> !each.unawaited("session:userLeft").isEmpty());
        }
        // The lease was renewed 3 s before the crash at most.
        assertThat(Duration.ofNanos(System.nanoTime() - killedAt))
                .isGreaterThan(Duration.ofSeconds(7).plus(grace));
        View view = cluster.awaitAgreement(List.of(1), List.of(carol, dave, bob, zoe));
        assertThat(view.names().values()).containsExactlyInAnyOrder("Bob", "Carol", "Dave", "Zoe");
        for (int i = 0; i < stayed.size(); i++) {
            List<ReceivedEvent> received = stayed.get(i).received();
            List<ReceivedEvent> since = received.subList(before.get(i), received.size());
            assertThat(since.stream().filter(event -> !event.name().equals("session:sync")))
                    .singleElement()
                    .satisfies(event -> assertThat(event.name()).isEqualTo("session:userLeft"))
                    .satisfies(
                            event -> assertThat(event.payload().path("socketId").textValue())
                                    .isEqualTo(ann.id()));
        }
    }

    @Test
    void nobodyHearsOfANodeThatSleptForFifteenSeconds() {
        cluster.start(2, Map.of());
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient bob = cluster.join(1, ClientKind.JS_WEBSOCKET, "Bob");
        TestingSocketClient carol = cluster.join(0, ClientKind.JAVA_WEBSOCKET, "Carol");
        play(bob, ann);
        cluster.awaitAgreement();

        long pausedAt = System.nanoTime();
        cluster.pause(0);
        bob.emit("session:seek", Map.of("time", 500));
        long seq = bob.await("session:seek").path("seq").longValue();
        Awaitility.await("the sleep ends")
                .atMost(PATIENCE)
                .until(() ->
                        System.nanoTime() - pausedAt >= Duration.ofSeconds(15).toNanos());
        int before = ann.received().size();
        cluster.resume(0);

        ann.await("session:seek");
        awaitBeats(ann, seq, 5);
        awaitBeats(carol, seq, 5);
        awaitBeats(bob, seq, 5);
        View view = cluster.awaitAgreement();
        assertThat(view.names().values()).containsExactlyInAnyOrder("Ann", "Bob", "Carol");
        for (TestingSocketClient each : List.of(ann, bob, carol)) {
            assertThat(each.unawaited("session:userLeft"))
                    .as("told to %s", each)
                    .isEmpty();
            assertThat(each.received().stream().filter(event -> event.name().equals("session:userJoined")))
                    .as("told to %s", each)
                    .hasSizeLessThan(3)
                    .doesNotHaveDuplicates();
        }
        List<ReceivedEvent> since =
                ann.received().subList(before, ann.received().size());
        assertThat(since.stream()
                        .filter(event -> event.name().equals("session:sync"))
                        .skip(1)
                        .map(event -> event.payload().path("seq").longValue()))
                .as("numbers after the first tick")
                .containsOnly(seq);
    }

    @Test
    void peopleOfANodeThatSleptTooLongLeaveAndComeBackOnce() {
        cluster.start(2, Map.of(ServerKeys.RECOVERY_GRACE, "1 s"));
        TestingSocketClient ann = cluster.join(0, ClientKind.JS_WEBSOCKET, "Ann");
        TestingSocketClient bob = cluster.join(1, ClientKind.JS_WEBSOCKET, "Bob");
        play(bob, ann);
        cluster.awaitAgreement();

        cluster.pause(0);
        Awaitility.await("Ann is gone").atMost(PATIENCE).until(() -> !bob.unawaited("session:userLeft")
                .isEmpty());
        cluster.resume(0);

        JsonNode user = bob.await("session:userJoined").path("user");
        assertThat(user.path("socketId").textValue()).isEqualTo(ann.id());
        assertThat(user.path("username").textValue()).isEqualTo("Ann");
        assertThat(cluster.awaitAgreement().names()).hasSize(2);
        ann.settle();
        bob.settle();
        assertThat(bob.unawaited("session:userLeft")).hasSize(1);
        assertThat(bob.unawaited("session:userJoined")).isEmpty();
        ann.emit("session:seek", Map.of("time", 900));
        bob.await("session:seek");
    }

    private static void play(TestingSocketClient host, TestingSocketClient other) {
        host.emit("session:changeVideo", Map.of("videoId", VIDEO));
        host.emit("session:play", Map.of("time", 100));
        other.await("session:play");
        host.await("session:play");
    }

    private static void awaitBeats(TestingSocketClient client, long seq, int count) {
        for (int i = 0; i < count; i++) {
            client.await("session:sync", sync -> sync.path("seq").longValue() == seq);
        }
    }
}
