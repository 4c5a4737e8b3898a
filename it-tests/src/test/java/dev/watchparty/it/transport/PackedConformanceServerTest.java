package dev.watchparty.it.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.Json;
import dev.watchparty.it.testing.RunningServer;
import dev.watchparty.it.testing.TestingRawWebSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar for the protocols' own test suites: it starts as documented, and nothing is missing in it. */
class PackedConformanceServerTest {
    private static final Path JAR = Path.of("target/conformance-server.jar").toAbsolutePath();

    @Test
    void echoesOverSocketIo() {
        try (Packed server = Packed.start();
                TestingRawWebSocket socket = TestingRawWebSocket.open(server)) {
            socket.sendText("40{\"token\":\"abc\"}");
            socket.awaitText(text -> text.equals("42[\"auth\",{\"token\":\"abc\"}]"));

            socket.sendText("4217[\"message-with-ack\",1,{\"a\":null}]");

            socket.awaitText(text -> text.equals("4317[1,{\"a\":null}]"));
        }
    }

    @Test
    void echoesOverEngineIo() {
        try (Packed server = Packed.start("-Decho=true");
                TestingRawWebSocket socket = TestingRawWebSocket.open(server)) {
            assertThat(Json.parse(socket.readFrame().text().substring(1))
                            .path("pingInterval")
                            .intValue())
                    .isEqualTo(300);

            socket.sendText("4hello");

            socket.awaitText(text -> text.equals("4hello"));
        }
    }

    /** The jar as a process. */
    private record Packed(Process process, int port) implements RunningServer {
        static Packed start(String... properties) {
            List<String> command = new ArrayList<>(
                    List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Dport=0"));
            command.addAll(List.of(properties));
            command.addAll(List.of("-jar", JAR.toString()));
            try {
                Process process =
                        new ProcessBuilder(command).redirectErrorStream(true).start();
                return new Packed(process, awaitReady(process));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int awaitReady(Process process) throws IOException {
            StringBuilder before = new StringBuilder();
            BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("READY ")) {
                    return Integer.parseInt(line.substring("READY ".length()));
                }
                before.append(line).append('\n');
            }
            throw new AssertionError("the server has ended: " + before);
        }

        @Override
        public void stop() {
            process.destroy();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
