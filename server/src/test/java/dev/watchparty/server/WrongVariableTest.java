package dev.watchparty.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The error messages of a process with a wrong environment. */
class WrongVariableTest {
    @TempDir
    private static Path directory;

    @Test
    void wrongPortNamesTheVariable() throws Exception {
        assertSays(
                Map.of("PORT", "eighty"),
                "watchparty.server.port: eighty (expected: an integer), set by the environment variable PORT");
    }

    @Test
    void unusableHostNamesTheVariable() throws Exception {
        assertSays(
                Map.of("PORT", "0", "WATCHPARTY_SERVER_HOST", "192.0.2.1"),
                "watchparty.server.host: 192.0.2.1 (expected: an address of this machine, or a name that stands for one),"
                        + " set by the environment variable WATCHPARTY_SERVER_HOST");
    }

    @Test
    void unusableCertificateNamesTheVariables() throws Exception {
        String certificate =
                TestingCertificate.create(directory).certificateChain().toString();
        assertSays(
                Map.of(
                        "PORT",
                        "0",
                        "WATCHPARTY_SERVER_TLS_ENABLED",
                        "true",
                        "WATCHPARTY_SERVER_TLS_CERTIFICATE_CHAIN",
                        certificate,
                        "WATCHPARTY_SERVER_TLS_PRIVATE_KEY",
                        certificate),
                "watchparty.server.tls: certificate %s and key %s cannot be used (expected: PEM files of a pair, the key without a password), set by the environment variables WATCHPARTY_SERVER_TLS_CERTIFICATE_CHAIN, WATCHPARTY_SERVER_TLS_ENABLED, WATCHPARTY_SERVER_TLS_PRIVATE_KEY"
                        .formatted(certificate, certificate));
    }

    private static void assertSays(Map<String, String> environment, String line) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dwatchparty.recovery.file=",
                "dev.watchparty.server.Main");
        builder.environment().keySet().removeIf(name -> name.startsWith("WATCHPARTY_"));
        builder.environment().putAll(environment);
        Process server = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();

        String said = new String(server.getErrorStream().readAllBytes(), UTF_8);

        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said.strip()).isEqualTo(line);
        assertThat(server.exitValue()).isEqualTo(2);
    }
}
