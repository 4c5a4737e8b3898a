package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A real Chromium and the scenarios of {@code src/test/js/scenarios}, each with pages of its own. YouTube is replaced by
 * {@code fake-youtube.js}, and all else beyond the loopback interface is out of reach. A scenario that fails leaves
 * screenshots in {@code target/screenshots}.
 */
public final class TestingBrowser {
    private static final long SCENARIO_SECONDS = 300;
    private static final NodeBridge BRIDGE = new NodeBridge(
            "browser.mjs",
            Map.of("SCREENSHOTS", Path.of("target/screenshots").toAbsolutePath().toString()));

    private TestingBrowser() {}

    /** The process of the browser, for pages that a test drives itself. */
    static NodeBridge bridge() {
        return BRIDGE;
    }

    /** The suites there are, each a file of scenarios. */
    public static List<String> suites() {
        JsonNode names = BRIDGE.call("browser", "suites", Map.of(), 60);
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** The names of a suite's scenarios, each a promise. */
    public static List<String> scenarios(String suite) {
        JsonNode names = BRIDGE.call("browser", "list", Map.of("suite", suite), 60);
        return StreamSupport.stream(names.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** Runs one scenario against a server, and gives what it measured, if it measures. */
    public static JsonNode run(String suite, String scenario, RunningServer server) {
        return BRIDGE.call(
                "browser",
                "run",
                Map.of("suite", suite, "name", scenario, "url", server.uri().toString()),
                SCENARIO_SECONDS);
    }
}
