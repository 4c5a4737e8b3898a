package dev.watchparty.it.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An ordinary party of three people, one per mode, that plays while others attack the server, and must notice nothing.
 */
public final class TestingBystander {
    /** The heartbeat comes once a second; a busy machine may delay one. */
    private static final double LONGEST_GAP_SECONDS = 4;

    /** A heartbeat that comes between two polls is skipped, and a busy machine makes that likely. */
    private static final double LONGEST_POLLING_GAP_SECONDS = 10;

    private static final Set<String> OWN_EVENTS = Set.of(
            ReceivedEvent.CONNECTED,
            ReceivedEvent.UPGRADED,
            "pong",
            "session:init",
            "session:userJoined",
            "session:videoChange",
            "session:play",
            "session:sync");

    private final List<TestingSocketClient> people = new ArrayList<>();

    private TestingBystander() {}

    /** Opens the party; its video plays when this returns. */
    public static TestingBystander join(TestingParty party) {
        TestingBystander bystander = new TestingBystander();
        for (ClientKind kind : List.of(ClientKind.JS_WEBSOCKET, ClientKind.JAVA_POLLING, ClientKind.MSGPACK_UPGRADE)) {
            bystander.people.add(party.join(kind, kind.name()));
        }
        TestingSocketClient host = bystander.people.get(0);
        host.emit("session:changeVideo", Map.of("videoId", TestingParty.VIDEO));
        host.emit("session:play", Map.of("time", 100));
        for (TestingSocketClient person : bystander.people) {
            person.await("session:sync");
        }
        return bystander;
    }

    /** The server answers all of them. */
    public void settle() {
        people.forEach(TestingSocketClient::settle);
    }

    /**
     * Asserts that nobody was disconnected, received an error, or was notified of anything but the party's own actions,
     * and that the heartbeats never stopped.
     *
     * @param when for the failure message
     */
    public void assertUndisturbed(String when) {
        settle();
        for (TestingSocketClient person : people) {
            person.await("session:sync");
            List<ReceivedEvent> received = person.received();
            assertThat(received)
                    .as("%s, %s", person, when)
                    .extracting(ReceivedEvent::name)
                    .isSubsetOf(OWN_EVENTS);
            assertThat(received.stream().filter(event -> event.name().equals("session:userJoined")))
                    .as("%s, %s, was notified of", person, when)
                    .allSatisfy(event -> assertThat(event.payload()
                                    .path("user")
                                    .path("username")
                                    .textValue())
                            .isIn(people.stream().map(Object::toString).toList()));
            assertHeartbeatsCame(person, received, when);
        }
    }

    private static void assertHeartbeatsCame(TestingSocketClient person, List<ReceivedEvent> received, String when) {
        List<Double> positions = received.stream()
                .filter(event -> event.name().equals("session:sync"))
                .map(ReceivedEvent::payload)
                .map(payload -> payload.path("time"))
                .map(JsonNode::doubleValue)
                .toList();
        boolean polls = ClientKind.valueOf(person.toString()).isPollingOnly();
        for (int i = 1; i < positions.size(); i++) {
            assertThat(positions.get(i) - positions.get(i - 1))
                    .as("%s, %s: seconds between heartbeats %d and %d of %d", person, when, i - 1, i, positions.size())
                    .isBetween(0.0, polls ? LONGEST_POLLING_GAP_SECONDS : LONGEST_GAP_SECONDS);
        }
    }

    /** How many heartbeats the first of them has received. */
    public long heartbeats() {
        return people.get(0).received().stream()
                .filter(event -> event.name().equals("session:sync"))
                .count();
    }

    public void leave() {
        people.forEach(TestingSocketClient::close);
    }
}
