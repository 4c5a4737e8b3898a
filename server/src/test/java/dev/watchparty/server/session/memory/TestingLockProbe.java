package dev.watchparty.server.session.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that asks for the lock of a session file, and prints whether it got it. */
final class TestingLockProbe {
    private TestingLockProbe() {}

    public static void main(String[] arguments) {
        System.out.print(SessionFileLock.take(Path.of(arguments[0])).isPresent());
    }

    static boolean isFree(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TestingLockProbe.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the other process failed");
        }
        return Boolean.parseBoolean(said);
    }
}
