package dev.watchparty.it;

import dev.watchparty.it.testing.BrowserScenarios;
import dev.watchparty.it.testing.TestingBrowser;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People in a real Firefox, where there is one. The promises are the names of the scenarios. */
@ResourceLock("players")
class FirefoxPartyTest {
    @TestFactory
    Stream<DynamicContainer> suites() {
        TestingBrowser.FIREFOX.assumeFound();
        return BrowserScenarios.in(TestingBrowser.FIREFOX);
    }
}
