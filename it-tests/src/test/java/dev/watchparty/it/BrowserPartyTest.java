package dev.watchparty.it;

import dev.watchparty.it.testing.TestingBrowser;
import dev.watchparty.it.testing.TestingServer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * People in a real browser: every suite of {@code src/test/js/scenarios} but the measurements of {@link InStepTest}. The
 * promises are the names of the scenarios. {@code -Dscenario=text} runs only those with that text in their suite or name.
 */
@ResourceLock("players")
class BrowserPartyTest {
    private static final String CHOSEN = System.getProperty("scenario", "");

    @TestFactory
    Stream<DynamicContainer> suites() {
        return TestingBrowser.suites().stream()
                .filter(suite -> !suite.equals("in-step"))
                .map(suite -> DynamicContainer.dynamicContainer(suite, scenarios(suite)));
    }

    private static Stream<DynamicTest> scenarios(String suite) {
        return TestingBrowser.scenarios(suite).stream()
                .filter(scenario -> (suite + ": " + scenario).contains(CHOSEN))
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> run(suite, scenario)));
    }

    private static void run(String suite, String scenario) {
        try (TestingServer server = TestingServer.start(Map.of())) {
            TestingBrowser.run(suite, scenario, server);
        }
    }
}
