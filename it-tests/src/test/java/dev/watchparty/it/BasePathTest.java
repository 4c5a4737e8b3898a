package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.TestingBrowser;
import dev.watchparty.it.testing.TestingNginx;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page below a path of a site, behind a real nginx that does or does not remove the path before it passes the
 * request on.
 */
@ResourceLock("players")
class BasePathTest {
    private static final String BASE_PATH = "watchparty.server.base-path";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest(name = "path {0}, removed: {1}, WebSockets: {2}")
    @CsvSource({"/party, true, true", "/party, true, false", "/a/party, false, true", "/a/party, false, false"})
    void peopleMeetBelowOnePathBehindNginx(String path, boolean removesPath, boolean passesUpgrades) {
        TestingServer server = party.start(Map.of(BASE_PATH, removesPath ? "/" : path));
        try (TestingNginx nginx = TestingNginx.start(server, path, removesPath, passesUpgrades)) {
            JsonNode transports = TestingBrowser.CHROMIUM.run(
                    "base-path", "people meet below one path, and request nothing outside it", nginx);

            assertThat(transports.path("usesWebSocket").booleanValue()).isEqualTo(passesUpgrades);
            assertThat(transports.path("polls").booleanValue() || passesUpgrades)
                    .isTrue();
        }
    }

    @Test
    void socketIoAnswersBelowThePathOnly() {
        party.start(Map.of(BASE_PATH, "/party"));

        assertThat(TestingRawClient.get(party.server(), "/party/socket.io/?EIO=4&transport=polling")
                        .body())
                .startsWith("0{\"sid\":");
        assertThat(TestingRawClient.get(party.server(), "/socket.io/?EIO=4&transport=polling")
                        .status())
                .isEqualTo(404);
    }
}
