package dev.watchparty.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.watchparty.it.testing.ServerKeys;
import dev.watchparty.it.testing.TestingBrowser;
import dev.watchparty.it.testing.TestingServerProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The promise of the whole system: people see the same picture. Measured on the packaged server with its defaults. */
@Isolated("Measures how far players are apart.")
class InStepTest {
    @Test
    void twoPagesStayWithinThreeTenthsOfASecondForAMinute() {
        try (TestingServerProcess server = TestingServerProcess.start(List.of(), Map.of(ServerKeys.LIMITS, true))) {
            JsonNode differences = TestingBrowser.CHROMIUM.run(
                    "in-step", "two pages stay within 0.3 s of each other for a minute", server);
            System.out.println("Difference between two pages over a minute: " + differences);
        }
    }
}
