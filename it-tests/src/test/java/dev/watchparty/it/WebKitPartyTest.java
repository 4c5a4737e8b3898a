package dev.watchparty.it;

import dev.watchparty.it.testing.BrowserScenarios;
import dev.watchparty.it.testing.TestingBrowser;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceLock;

/** People in a real WebKit, where WebKitGTK is available. The names of the scenarios are the promises. */
@ResourceLock("players")
class WebKitPartyTest {
    @TestFactory
    Stream<DynamicContainer> suites() {
        TestingBrowser.WEBKIT.assumeFound();
        return BrowserScenarios.in(TestingBrowser.WEBKIT);
    }
}
