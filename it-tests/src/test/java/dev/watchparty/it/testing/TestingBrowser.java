package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;

/**
 * The real browsers, and the scenarios of {@code src/test/js/scenarios} that run in them, each with its own pages.
 * {@code fake-youtube.js} replaces YouTube, and nothing else beyond the loopback interface can be reached. A scenario
 * that fails leaves screenshots in {@code target/screenshots}.
 */
public enum TestingBrowser {
    CHROMIUM("chromium"),
    FIREFOX("firefox"),
    WEBKIT("webkit");

    private static final long SCENARIO_SECONDS = 300;
    private static final long INSTALLATION_SECONDS = 900;
    private static final NodeBridge BRIDGE = new NodeBridge(
            "browser.mjs",
            Map.of(
                    "SCREENSHOTS",
                    Path.of("target/screenshots").toAbsolutePath().toString(),
                    "KEYTOOL",
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));

    private final String id;

    TestingBrowser(String id) {
        this.id = id;
    }

    /** The process that drives the browsers, for pages that a test controls itself. */
    static NodeBridge bridge() {
        return BRIDGE;
    }

    /** The suites that run in this browser, each a file of scenarios. */
    public List<String> suites() {
        return texts(call("suites", Map.of("browser", id), 60));
    }

    /** The names of the scenarios of a suite that run in this browser, each a promise. */
    public List<String> scenarios(String suite) {
        return texts(call("list", Map.of("browser", id, "suite", suite), 60));
    }

    /** The keys that the server of a suite has to be started with. */
    public Map<String, Object> serverKeys(String suite) {
        Map<String, Object> keys = new HashMap<>();
        call("server", Map.of("suite", suite), 60)
                .properties()
                .forEach(key -> keys.put(key.getKey(), key.getValue().asText()));
        return keys;
    }

    /** Runs one scenario in this browser against a server, and returns its measurements, if it makes any. */
    public JsonNode run(String suite, String scenario, RunningServer server) {
        return call(
                "run",
                Map.of(
                        "browser",
                        id,
                        "suite",
                        suite,
                        "name",
                        scenario,
                        "url",
                        server.uri().toString()),
                SCENARIO_SECONDS);
    }

    /** Skips the test, with the reason, if this browser is missing and cannot be installed. */
    public void assumeFound() {
        String absence =
                call("absence", Map.of("browser", id), INSTALLATION_SECONDS).asText("");
        if (!absence.isEmpty()) {
            System.out.println("Skipped in " + this + ": " + absence);
        }
        Assumptions.assumeTrue(absence.isEmpty(), absence);
    }

    private static JsonNode call(String operation, Map<String, ?> arguments, long seconds) {
        return BRIDGE.call("browser", operation, arguments, seconds);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
