package dev.watchparty.it;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingPollingSession;
import dev.watchparty.it.testing.TestingRawWebSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of the events: the order of the fields and the form of the numbers, as Node writes them. */
class WireFormatTest {
    private static final String STAMP = "[0-9]{13}";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "10, 10",
        "10.0, 10",
        "10.5, 10.5",
        "3.716599999999627, 3.716599999999627",
        "0.1, 0.1",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "1e2, 100",
        "86400, 86400",
        "12345.678901234567, 12345.678901234567",
    })
    void timesLookAsNodeWritesThem(String sent, String received) {
        try (TestingRawWebSocket socket = TestingRawWebSocket.connect(party.server())) {
            socket.sendText("42[\"session:changeVideo\",{\"videoId\":\"" + VIDEO + "\"}]");
            socket.sendText("42[\"session:seek\",{\"time\":" + sent + "}]");

            assertThat(socket.awaitText(text -> text.startsWith("42[\"session:seek\"")))
                    .startsWith("42[\"session:seek\",{\"time\":" + received + ",\"seq\":");
        }
    }

    @Test
    void eachEventHasTheOriginalsFormOverPolling() {
        TestingPollingSession session = TestingPollingSession.connect(party.server());

        session.post("42[\"session:join\",{\"username\":\"Ann\"}]");
        assertThat(session.awaitPacket(packet -> packet.startsWith("42[\"session:init\"")))
                .matches("42\\[\"session:init\",\\{\"videoId\":\"\",\"playbackTime\":0,\"isPlaying\":false,"
                        + "\"lastAction\":\"init\",\"lastActionBy\":\"system\",\"lastActionByUsername\":\"System\","
                        + "\"seq\":[0-9]+,\"lastUpdatedAt\":" + STAMP + ",\"users\":\\{\"([A-Za-z0-9_-]{20})\":"
                        + "\\{\"socketId\":\"\\1\",\"username\":\"Ann\",\"joinedAt\":" + STAMP + "}}.*}]");

        session.post("42[\"session:changeVideo\",{\"videoId\":\"" + VIDEO + "\"}]");
        assertThat(session.awaitPacket(packet -> packet.startsWith("42[\"session:videoChange\"")))
                .matches("42\\[\"session:videoChange\",\\{\"videoId\":\"" + VIDEO + "\",\"seq\":[0-9]+,"
                        + "\"lastUpdatedAt\":" + STAMP + ",\"username\":\"Ann\".*}]");

        session.post("42[\"session:play\",{\"time\":7.5}]");
        assertThat(session.awaitPacket(packet -> packet.startsWith("42[\"session:play\"")))
                .matches("42\\[\"session:play\",\\{\"time\":7\\.5[0-9]*,\"seq\":[0-9]+," + "\"lastUpdatedAt\":" + STAMP
                        + ",\"username\":\"Ann\".*}]");
        assertThat(session.awaitPacket(packet -> packet.startsWith("42[\"session:sync\"")))
                .matches("42\\[\"session:sync\",\\{\"time\":[0-9]+(\\.[0-9]+)?,\"seq\":[0-9]+," + "\"lastUpdatedAt\":"
                        + STAMP + ".*}]");
    }

    @Test
    void userEventsHaveTheOriginalsForm() {
        party.start(Map.of(ServerKeys.RECOVERY_GRACE, "0 s"));
        TestingPollingSession witness = TestingPollingSession.connect(party.server());
        try (TestingRawWebSocket guest = TestingRawWebSocket.connect(party.server())) {
            guest.sendText("42[\"session:join\",{\"username\":\"Gu\\u0065st \\\"Q\\\"\"}]");
            assertThat(witness.awaitPacket(packet -> packet.startsWith("42[\"session:userJoined\"")))
                    .matches("42\\[\"session:userJoined\",\\{\"user\":\\{\"socketId\":\"[A-Za-z0-9_-]{20}\","
                            + "\"username\":\"Guest \\\\\"Q\\\\\"\",\"joinedAt\":" + STAMP + "}}]");
        }
        assertThat(witness.awaitPacket(packet -> packet.startsWith("42[\"session:userLeft\"")))
                .matches("42\\[\"session:userLeft\",\\{\"socketId\":\"[A-Za-z0-9_-]{20}\","
                        + "\"username\":\"Guest \\\\\"Q\\\\\"\"}]");
    }
}
