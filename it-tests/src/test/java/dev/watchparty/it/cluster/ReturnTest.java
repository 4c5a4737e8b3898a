package dev.watchparty.it.cluster;

import static dev.watchparty.it.testing.TestingParty.VIDEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ClientKind;
import dev.watchparty.it.testing.ReceivedEvent;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingCluster;
import dev.watchparty.it.testing.TestingCrowd;
import dev.watchparty.it.testing.TestingSocketClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People lose their connections, and come back to another node. */
class ReturnTest {
    private static final Logger log = LoggerFactory.getLogger(ReturnTest.class);
    private static final int CROWD = 500;
    private static final int ROOMS = 10;

    /** Five seconds on a quiet machine. */
    private static final double PATIENCE_MILLIS = 30_000;

    @RegisterExtension
    final TestingCluster cluster = new TestingCluster();

    @Test
    void clientComesBackToAnotherNodeAsWhoItWas() {
        cluster.start(2, Map.of());
        TestingSocketClient witness = cluster.join(0, ClientKind.JS_WEBSOCKET, "Witness");
        for (ClientKind kind : List.of(ClientKind.JS_POLLING, ClientKind.JS_WEBSOCKET, ClientKind.JS_UPGRADE)) {
            TestingSocketClient ann = cluster.join(0, kind, kind.name());
            String id = ann.id();
            cluster.awaitAgreement();
            witness.forget();

            cluster.move(ann, 1);

            ann.await(ReceivedEvent.DISCONNECTED);
            assertThat(ann.await(ReceivedEvent.CONNECTED).textValue()).isEqualTo(id);
            JsonNode users = ann.await("session:init").path("users");
            assertThat(users.path(id).path("username").textValue()).isEqualTo(kind.name());
            ann.emit("session:changeVideo", Map.of("videoId", VIDEO));
            assertThat(witness.await("session:videoChange").path("username").textValue())
                    .isEqualTo(kind.name());
            assertThat(cluster.awaitAgreement().names()).containsKey(id);
            assertThat(witness.unawaited("session:userLeft")).isEmpty();
            assertThat(witness.unawaited("session:userJoined")).isEmpty();
        }
    }

    @Test
    void fiveHundredComeBackToTheOtherNodeAtOnce() {
        cluster.start(2, Map.of(ServerKeys.RECOVERY_GRACE, "60 s"));
        try (TestingCrowd crowd = new TestingCrowd(List.of(cluster.node(0), cluster.node(1)), CROWD, ROOMS)) {
            Map<String, Map<String, String>> before = crowd.namesByIdByRoom();
            assertThat(crowd.listedNamesByIdByRoom()).isEqualTo(before);

            crowd.storm(2000, List.of(cluster.node(1), cluster.node(0)));

            assertThat(crowd.namesByIdByRoom()).isEqualTo(before);
            assertThat(crowd.listedNamesByIdByRoom()).isEqualTo(before);
            assertThat(crowd.look())
                    .allSatisfy(guest -> assertThat(guest.path("errors")).isEmpty());
            double most = crowd.returnTimes().get(CROWD * 99 / 100 - 1);
            log.info("99 % of {} people are back within {} ms", CROWD, Math.round(most));
            assertThat(most).isLessThan(PATIENCE_MILLIS);
        }
    }
}
