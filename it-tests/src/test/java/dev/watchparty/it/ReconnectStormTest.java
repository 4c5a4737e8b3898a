package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCrowd;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingServerProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hundreds of clients lose the network at once, in all modes, and come back at once. */
class ReconnectStormTest {
    private static final int PEOPLE = 300;
    private static final int ROOMS = 10;

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void allComeBackUnderTheirIdsAndNames() {
        TestingServerProcess server = party.use(TestingServerProcess.start(
                List.of("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid"),
                Map.of(ServerKeys.RECOVERY_GRACE, "60 s")));
        TestingCrowd crowd = new TestingCrowd(server, PEOPLE, ROOMS);
        Map<String, Map<String, String>> before = crowd.namesByIdByRoom();
        assertThat(crowd.listedNamesByIdByRoom()).isEqualTo(before);

        crowd.storm(2000);

        assertThat(crowd.namesByIdByRoom()).isEqualTo(before);
        assertThat(crowd.listedNamesByIdByRoom()).isEqualTo(before);
        for (JsonNode guest : crowd.look()) {
            assertThat(guest.path("errors")).as("%s", guest).isEmpty();
        }
        server.awaitSessions(PEOPLE);
        crowd.close();
        server.assertNothingLeft();
    }
}
