package dev.watchparty.it;

import dev.watchparty.it.testing.TestingBrowser;
import dev.watchparty.it.testing.TestingServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People in a real browser. The promises are the names of the scenarios in {@code src/test/js/scenarios}. */
@ResourceLock("players")
class BrowserPartyTest {
    @TestFactory
    Stream<DynamicTest> people() {
        return suite("party");
    }

    @TestFactory
    Stream<DynamicTest> originalPage() {
        return suite("original");
    }

    private static Stream<DynamicTest> suite(String suite) {
        return TestingBrowser.scenarios(suite).stream()
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> run(suite, scenario)));
    }

    private static void run(String suite, String scenario) {
        try (TestingServer server = TestingServer.start(Map.of())) {
            TestingBrowser.run(suite, scenario, server);
        }
    }
}
