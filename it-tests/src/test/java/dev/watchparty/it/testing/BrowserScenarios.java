package dev.watchparty.it.testing;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;

/**
 * The browser scenarios as tests, each against a separate server. {@code -Dscenario=text} runs only those with that
 * text in their suite or name.
 */
public final class BrowserScenarios {
    private static final String CHOSEN = System.getProperty("scenario", "");

    private BrowserScenarios() {}

    /** A container for each suite. */
    public static Stream<DynamicContainer> in(TestingBrowser browser) {
        return browser.suites().stream()
                .map(suite -> DynamicContainer.dynamicContainer(suite, scenarios(browser, suite)));
    }

    private static Stream<DynamicTest> scenarios(TestingBrowser browser, String suite) {
        return browser.scenarios(suite).stream()
                .filter(scenario -> (suite + ": " + scenario).contains(CHOSEN))
                .map(scenario -> DynamicTest.dynamicTest(scenario, () -> run(browser, suite, scenario)));
    }

    private static void run(TestingBrowser browser, String suite, String scenario) {
        try (TestingServer server = TestingServer.start(browser.serverKeys(suite))) {
            browser.run(suite, scenario, server);
        }
    }
}
