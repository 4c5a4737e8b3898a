package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import dev.watchparty.it.testing.TestingServerProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A proxy on this machine that is not listed, with the default limits. */
class UnlistedProxyTest {
    private static final String HANDSHAKE = "/socket.io/?EIO=4&transport=polling";

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void itsUsersAreNotCountedAsOneAddress() {
        TestingServerProcess server = start(Map.of());
        try (TestingRawClient proxy = new TestingRawClient(server)) {
            for (int i = 0; i < 1800; i++) {
                String person = "198.18.%d.%d".formatted(i / 250, i % 250);
                assertThat(open(proxy, person).status()).isEqualTo(200);
            }
        }
        assertThat(server.outputWith("watchparty.server.trusted-proxies"))
                .singleElement()
                .asString()
                .contains("127.0.0.1");
    }

    @Test
    void oneUserTakesNothingFromTheOthers() {
        TestingServerProcess server = start(Map.of("watchparty.limits.sockets-per-address", 20));
        try (TestingRawClient proxy = new TestingRawClient(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(open(proxy, "198.51.100.1").status()).isEqualTo(200);
            }

            assertThat(open(proxy, "203.0.113.9, 198.51.100.1").status()).isEqualTo(429);
            assertThat(open(proxy, "198.51.100.1, 203.0.113.9").status()).isEqualTo(200);
        }
    }

    @Test
    void mayHaveMoreConnectionsThanOneAddress() {
        TestingServerProcess server = start(Map.of("watchparty.server.limits.max-connections-per-address", 10));
        List<TestingRawClient> connections = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            TestingRawClient proxy = new TestingRawClient(server);
            connections.add(proxy);
            assertThat(open(proxy, "198.51.100." + i).status()).isEqualTo(200);
        }
        connections.forEach(TestingRawClient::close);
    }

    private TestingServerProcess start(Map<String, ?> overrides) {
        Map<String, Object> limited = new HashMap<>(overrides);
        limited.put(ServerKeys.LIMITS, true);
        return party.use(TestingServerProcess.start(List.of(), limited));
    }

    private static RawResponse open(TestingRawClient proxy, String forwardedFor) {
        return proxy.request("GET", HANDSHAKE, Map.of("X-Forwarded-For", forwardedFor), "");
    }
}
