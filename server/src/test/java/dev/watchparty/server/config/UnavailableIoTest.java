package dev.watchparty.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A system without the requested system calls. */
final class UnavailableIoTest {
    private static final int WRONG_SETTING = 2; // exit status

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "io-uring"})
    void stopsTheStartAndSaysWhy(String io) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dio.netty.transport.noNative=true",
                        "-Dwatchparty.server.port=0",
                        "-Dwatchparty.server.io=" + io,
                        "dev.watchparty.server.Main")
                .start();

        String said = new String(server.getErrorStream().readAllBytes(), UTF_8);

        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(WRONG_SETTING);
        assertThat(said)
                .startsWith("watchparty.server.io: %s (expected: one that this system has; here: ".formatted(io))
                .contains("noNative");
    }
}
