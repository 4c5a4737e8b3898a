package dev.watchparty.it;

import dev.watchparty.it.testing.BrowserScenarios;
import dev.watchparty.it.testing.TestingBrowser;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People in a real Chromium; without it the tests fail. The names of the scenarios are the promises. */
@ResourceLock("players")
class BrowserPartyTest {
    @TestFactory
    Stream<DynamicContainer> suites() {
        return BrowserScenarios.in(TestingBrowser.CHROMIUM);
    }
}
