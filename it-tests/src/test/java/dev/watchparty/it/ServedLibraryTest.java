package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of socket.io-client, where pages that were made for the Node server look for them. */
class ServedLibraryTest {
    private static final String SCRIPT = "/socket.io/socket.io.js";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @ParameterizedTest
    @ValueSource(strings = {"socket.io.js", "socket.io.min.js", "socket.io.esm.min.js", "socket.io.msgpack.min.js"})
    void everyBuildIsServedWithItsSourceMap(String build) {
        RawResponse script = TestingRawClient.get(party.server(), "/socket.io/" + build);
        RawResponse map = TestingRawClient.get(party.server(), "/socket.io/" + build + ".map");

        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("content-type")).isEqualTo("application/javascript; charset=utf-8");
        assertThat(script.body()).contains("Socket.IO v4.").contains("//# sourceMappingURL=" + build + ".map");
        assertThat(map.status()).isEqualTo(200);
        assertThat(map.header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(map.body()).startsWith("{\"version\":3");
    }

    @Test
    void scriptIsServedWithoutThePage() {
        party.start(Map.of("watchparty.pages.enabled", false, "watchparty.server.base-path", "/party"));

        assertThat(TestingRawClient.get(party.server(), "/party" + SCRIPT).status())
                .isEqualTo(200);
        assertThat(TestingRawClient.get(party.server(), SCRIPT).status()).isEqualTo(404);
    }

    @Test
    void nothingIsServedWhenItIsSwitchedOff() {
        party.start(Map.of("watchparty.server.serve-client", false));

        RawResponse answer = TestingRawClient.get(party.server(), SCRIPT);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"code\":0,\"message\":\"Transport unknown\"}");
    }
}
