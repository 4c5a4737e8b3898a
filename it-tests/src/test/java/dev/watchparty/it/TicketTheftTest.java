package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawWebSocket;
import dev.watchparty.it.testing.TestingServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A ticket of connection state recovery brings back only one client, however many present it: the last one. */
class TicketTheftTest {
    private static final int THIEVES = 20;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void onlyOneOfManyClientsWithOneTicketStays() {
        TestingServer server = party.start(Map.of());
        TestingRawWebSocket ann = TestingRawWebSocket.open(server);
        JsonNode annas = enter(ann, "40");
        ann.sendText("42[\"session:join\",{\"username\":\"Ann\"}]");
        ann.awaitText(text -> text.contains("\"username\":\"Ann\""));
        ann.close();

        List<TestingRawWebSocket> callers = new ArrayList<>();
        for (int i = 0; i < THIEVES; i++) {
            callers.add(party.closeAfterTest(TestingRawWebSocket.open(server)));
        }
        String connect = "40{\"pid\":\"" + annas.path("pid").textValue() + "\"}";
        callers.forEach(caller -> caller.sendText(connect));

        Awaitility.await("one session is left").until(server::sessions, sessions -> sessions == 1);
        JsonNode users = party.snapshot().path("users");
        assertThat(users).hasSize(1);
        assertThat(users.path(annas.path("sid").textValue()).path("username").textValue())
                .isEqualTo("Ann");
    }

    private static JsonNode enter(TestingRawWebSocket socket, String connect) {
        socket.sendText(connect);
        return Json.parse(socket.awaitText(text -> text.startsWith("40")).substring(2));
    }
}
