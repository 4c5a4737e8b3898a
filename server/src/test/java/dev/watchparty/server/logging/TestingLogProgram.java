package dev.watchparty.server.logging;

import dev.watchparty.protocol.LastAction;
import dev.watchparty.protocol.Username;
import dev.watchparty.server.session.RoomId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A separate process that logs with the server's configuration: a few events of every kind, then many alike. */
final class TestingLogProgram {
    static final String FORGED = "2026-01-01T00:00:00.000Z ERROR [main] Server - forged";

    /** All characters that end a line somewhere, or that affect a terminal or a reader's eye. */
    static final String HOSTILE = "a\r\n" + FORGED + "\u0085\u2028\u2029\u000b\u000c\u001b[2J\u0000\u202e\u2066\u007f";

    /** How many events it logs at INFO and above. */
    static final int EVENTS_AT_INFO = 509;

    private static final int EVENTS_ALIKE = 500;

    private TestingLogProgram() {}

    public static void main(String[] arguments) {
        Logging.configure();
        Logger log = LoggerFactory.getLogger("dev.watchparty.server.Sample");
        if (arguments.length > 0) {
            flood(log);
        } else {
            logEveryKind(log);
        }
    }

    /** Logs more than any pipe or queue holds, and reports when it has finished. */
    private static void flood(Logger log) {
        for (int i = 0; i < 100_000; i++) {
            log.error("one of very many: {}", i);
        }
        System.err.println("flooded");
        Runtime.getRuntime().halt(0);
    }

    private static void logEveryKind(Logger log) {
        log.debug("a debug event");
        log.atInfo()
                .addKeyValue("room", "main")
                .addKeyValue("seq", 5)
                .addKeyValue("name", "A \"b\" room=x")
                .addKeyValue("nothing", (Object) null)
                .log("a plain event");
        log.atInfo()
                .addKeyValue("room", new RoomId("loc"))
                .addKeyValue("username", Username.of("Ann"))
                .addKeyValue("action", LastAction.PAUSE)
                .addKeyValue("file", Optional.of(Path.of("a")))
                .addKeyValue("after", Duration.ofSeconds(2))
                .addKeyValue("all", List.of(1, 2))
                .addKeyValue("code", 'B')
                .addKeyValue("position", Double.NaN)
                .addKeyValue("lag", 0.25)
                .addKeyValue("seq", 1L << 60)
                .addKeyValue("recovered", true)
                .log("an event of many classes");
        log.info("hostile message: {}", HOSTILE);
        log.atInfo().addKeyValue("hostile", HOSTILE).log("hostile value");
        log.atWarn().setCause(new IllegalStateException(HOSTILE)).log("hostile exception");
        log.info("half a pair: \ud83d.");
        log.info("a name of other letters: Zoë 世界 😀");
        LoggerFactory.getLogger("io.netty.channel.Noise").info("library noise");
        LoggerFactory.getLogger("io.netty.channel.Trouble").warn("library trouble");
        for (int i = 0; i < EVENTS_ALIKE; i++) {
            log.info("one of many");
        }
        log.info("the last event");
        Logging.stop();
    }

    /** Runs it to its end and returns the lines of its standard output. */
    static List<String> run(Map<String, String> environment, String... jvmOptions)
            throws IOException, InterruptedException {
        ProcessBuilder builder = process(List.of(jvmOptions), List.of()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("exit status " + process.exitValue() + " after: " + text);
            }
            return List.of(text.split("\n", -1));
        }
    }

    /** Runs {@link #flood} while nothing reads its standard output, and returns its report within two minutes. */
    static String runUnread() throws IOException, InterruptedException {
        Process process = process(List.of(), List.of("flood")).start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        try (InputStream errors = process.getErrorStream()) {
            return new String(errors.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static ProcessBuilder process(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), TestingLogProgram.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("WATCHPARTY_"));
        return builder;
    }
}
