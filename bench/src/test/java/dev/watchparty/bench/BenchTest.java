package dev.watchparty.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static final Path REPORT = Path.of("target", "smoke");
    private static final int USERS = 20;
    private static final int BROADCASTS = 50; // 1,000 messages a second to 20 users for one second

    private static int exitStatus;
    private static JsonNode report;

    @BeforeAll
    static void run() throws IOException {
        exitStatus = Bench.run(
                "--scenario=fanout",
                "--subjects=ours,node,floor",
                "--users=" + USERS,
                "--rounds=1",
                "--rate=1000",
                "--duration=1",
                "--warm-up=400",
                "--out=" + REPORT);
        report = new ObjectMapper().readTree(REPORT.resolve("results.json").toFile());
    }

    @Test
    void everyMessageOfEverySubjectIsDelivered() {
        assertThat(report.get("failures")).isEmpty();
        assertThat(exitStatus).isZero();
        Map<String, Double> delivered = new HashMap<>();
        report.get("measurements")
                .forEach(measurement -> delivered.put(
                        measurement.get("subject").asText(),
                        measurement.get("delivered").asDouble()));
        double all = USERS * BROADCASTS;
        assertThat(delivered).isEqualTo(Map.of("ours", all, "node", all, "floor", all));
    }

    @Test
    void reportNamesTheVersionsAndOptionsOfTheServers() throws IOException {
        assertThat(report.at("/machine/node").asText()).startsWith("v");
        assertThat(report.at("/machine/serverOptions"))
                .extracting(JsonNode::asText)
                .contains("-XX:+UseSerialGC");
        assertThat(Files.readString(REPORT.resolve("results.txt"))).contains("Node v", "-XX:+UseSerialGC");
    }

    @Test
    void reportHasTablesAndCharts() throws IOException {
        for (String file : List.of("results.txt", "fanout-cpu-per-delivery.svg", "fanout-last-receiver.svg")) {
            assertThat(Files.readString(REPORT.resolve(file)))
                    .as(file)
                    .contains("ours")
                    .contains("node")
                    .contains("floor");
        }
    }

    @Test
    void wrongNameIsRefused() {
        assertThat(Bench.run("--scenario=none")).isEqualTo(2);
        assertThat(Bench.run("--subjects=none")).isEqualTo(2);
    }
}
