package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Many clients that come, take names, send commands and leave at the same time, on every transport and during an
 * upgrade.
 */
class CrowdTest {
    private static final List<ClientKind> KINDS =
            List.of(ClientKind.JAVA_WEBSOCKET, ClientKind.JS_UPGRADE, ClientKind.JAVA_POLLING, ClientKind.JS_WEBSOCKET);
    private static final int CROWD = 40;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @RepeatedTest(2)
    void everybodyKnowsAllParticipantsAndHearsOfEachOnce() throws Exception {
        List<TestingSocketClient> clients = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            clients.add(party.open(KINDS.get(i % KINDS.size()), "Guest" + i, Map.of()));
        }
        ExecutorService people = Executors.newFixedThreadPool(CROWD);
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            int number = i;
            done.add(CompletableFuture.runAsync(() -> behave(clients.get(number), number), people));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        people.shutdown();

        List<TestingSocketClient> stayed = new ArrayList<>();
        Map<String, String> present = new TreeMap<>();
        for (int i = 0; i < CROWD; i++) {
            if (!leaves(i)) {
                stayed.add(clients.get(i));
                present.put(clients.get(i).id(), "Renamed" + i);
            }
        }
        await().untilAsserted(() -> assertThat(names(party.snapshot())).isEqualTo(present));
        for (TestingSocketClient client : stayed) {
            await().untilAsserted(() -> {
                assertThat(list(client, false))
                        .as("as the original's page counts")
                        .isEqualTo(present);
                assertThat(list(client, true)).as("with the last snapshot").isEqualTo(present);
            });
            assertThat(presence(client)).doesNotHaveDuplicates().noneMatch(told -> told.contains(client.id()));
            assertThat(seqs(client)).isSorted().doesNotHaveDuplicates();
        }
    }

    private static void behave(TestingSocketClient client, int number) {
        client.await("session:init");
        client.emit("session:join", Map.of("username", "Guest" + number));
        client.emit("session:changeVideo", Map.of("videoId", VIDEO));
        client.emit("session:join", Map.of("username", "Renamed" + number));
        client.emit("session:seek", Map.of("time", number));
        client.settle();
        if (leaves(number)) {
            client.disconnect();
        }
    }

    private static boolean leaves(int number) {
        return number % 5 < 2;
    }

    /** The participants that a client shows. The original's page uses only its first snapshot. */
    private static Map<String, String> list(TestingSocketClient client, boolean takesEverySnapshot) {
        Map<String, String> list = new TreeMap<>();
        boolean first = true;
        for (ReceivedEvent event : client.received()) {
            JsonNode payload = event.payload();
            switch (event.name()) {
                case "session:init" -> {
                    if (first || takesEverySnapshot) {
                        list = names(payload);
                    }
                    first = false;
                }
                case "session:userJoined" ->
                    list.put(
                            payload.path("user").path("socketId").textValue(),
                            payload.path("user").path("username").textValue());
                case "session:userLeft" -> list.remove(payload.path("socketId").textValue());
                default -> {}
            }
        }
        if (!takesEverySnapshot) {
            list.put(client.id(), client.toString().replace("Guest", "Renamed")); // it adds itself
        }
        return list;
    }

    private static Map<String, String> names(JsonNode init) {
        Map<String, String> names = new TreeMap<>();
        init.path("users")
                .properties()
                .forEach(user -> names.put(
                        user.getKey(), user.getValue().path("username").textValue()));
        return names;
    }

    private static List<String> presence(TestingSocketClient client) {
        return client.received().stream()
                .filter(event -> event.name().equals("session:userJoined")
                        || event.name().equals("session:userLeft"))
                .map(ReceivedEvent::toString)
                .toList();
    }

    private static List<Long> seqs(TestingSocketClient client) {
        return client.received().stream()
                .filter(event ->
                        event.name().equals("session:seek") || event.name().equals("session:videoChange"))
                .map(event -> event.payload().path("seq").longValue())
                .toList();
    }
}
