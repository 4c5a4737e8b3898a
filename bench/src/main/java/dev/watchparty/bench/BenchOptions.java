package dev.watchparty.bench;

import dev.watchparty.bench.scenario.Load;
import dev.watchparty.bench.scenario.Scenarios;
import dev.watchparty.bench.subject.Subject;
import dev.watchparty.bench.subject.Subjects;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of the command line. */
final class BenchOptions {
    @Option(
            names = {"-s", "--scenario"},
            split = ",",
            paramLabel = "<name>",
            completionCandidates = ScenarioNames.class,
            description = "The scenarios to measure: ${COMPLETION-CANDIDATES}. Default: all, but no soak if quick.")
    private List<String> scenarios;

    @Option(
            names = {"-u", "--users"},
            split = ",",
            paramLabel = "<n>",
            description = "The sizes, instead of each scenario's own: 500,10000. Not for rooms, cold and startup, which"
                    + " always have their own.")
    private List<Integer> users = List.of();

    @Option(
            names = {"-S", "--subjects"},
            split = ",",
            paramLabel = "<name>",
            completionCandidates = SubjectNames.class,
            description =
                    "The servers to measure: ${COMPLETION-CANDIDATES}. Default: all, but before only with its jar.")
    private List<String> subjects;

    @Option(names = "--rounds", paramLabel = "<n>", description = "How often each is measured. Default: 5; 1 if quick.")
    private Integer rounds;

    @Option(names = "--quick", description = "One round, small sizes, short phases: to see that everything works.")
    private boolean quick;

    @Option(
            names = "--rate",
            paramLabel = "<n>",
            defaultValue = "20000",
            description = "Messages delivered per second at a steady pace. Default: ${DEFAULT-VALUE}.")
    private int rate;

    @Option(
            names = "--warm-up",
            paramLabel = "<n>",
            description = "Messages delivered before a steady price is taken. Default: 1000000; 50000 if quick.")
    private Integer warmUp;

    @Option(
            names = "--duration",
            paramLabel = "<s>",
            description = "Seconds of each steady pace. Default: 8; 3 if quick. With more, pings of the protocol may"
                    + " fall into the measurement.")
    private Integer duration;

    @Option(
            names = "--soak",
            paramLabel = "<s>",
            defaultValue = "600",
            description = "Seconds of the soak. Default: ${DEFAULT-VALUE}.")
    private int soak;

    @Option(
            names = "--server-jar",
            paramLabel = "<file>",
            description = "Our server. Default: server/target/watchparty.jar of the checkout that this jar is in.")
    private Path serverJar;

    @Option(
            names = "--before-jar",
            paramLabel = "<file>",
            description = "An earlier build of our server, to see what a change costs: the subject before.")
    private Path beforeJar;

    @Option(
            names = "--server-options",
            split = " ",
            paramLabel = "<option>",
            description = "Options for the JVM of each server that runs on one: ours, netty-socketio and the floor,"
                    + " instead of those of our start script with the first compiler alone. \"\": none.")
    private List<String> serverOptions =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms128m", "-Xmn24m", "-Xmx256m");

    @Option(
            names = "--before-options",
            split = " ",
            paramLabel = "<option>",
            description = "Options for the JVM of the subject before, instead of those of the others.")
    private List<String> beforeOptions;

    @Option(
            names = "--out",
            paramLabel = "<folder>",
            description = "Where the report goes: tables, JSON and charts. Default: bench/target/report.")
    private Path out;

    @Option(
            names = "--work",
            paramLabel = "<folder>",
            description = "Where logs and installed packages go. Default: bench/target/work.")
    private Path work;

    private static final class ScenarioNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Scenarios.NAMES.iterator();
        }
    }

    private static final class SubjectNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Subject.values()).map(Subject::label).iterator();
        }
    }

    List<String> scenarios() {
        if (scenarios != null) {
            return scenarios;
        }
        return quick ? Scenarios.QUICK_NAMES : Scenarios.NAMES;
    }

    Scenarios.Sizes sizes() {
        return new Scenarios.Sizes(users, quick);
    }

    /** @throws IllegalArgumentException if a name is unknown */
    List<Subject> subjects() {
        if (subjects != null) {
            return subjects.stream().map(Subject::of).toList();
        }
        return Arrays.stream(Subject.values())
                .filter(subject -> subject != Subject.BEFORE || beforeJar != null)
                .toList();
    }

    int rounds() {
        return rounds != null ? rounds : quick ? 1 : 5;
    }

    Load load() {
        return new Load(
                rate,
                warmUp != null ? warmUp : quick ? 50_000 : 1_000_000,
                Duration.ofSeconds(duration != null ? duration : quick ? 3 : 8),
                Duration.ofSeconds(soak));
    }

    Subjects startable() {
        Path jar = serverJar != null ? serverJar : checkout().resolve("server/target/watchparty.jar");
        if (subjects().contains(Subject.OURS) && !Files.isReadable(jar)) {
            throw new IllegalArgumentException(
                    "%s is not there: build it, or name another with --server-jar".formatted(jar));
        }
        if (subjects().contains(Subject.BEFORE) && (beforeJar == null || !Files.isReadable(beforeJar))) {
            throw new IllegalArgumentException(
                    "before: %s is not there: name a jar with --before-jar".formatted(beforeJar));
        }
        return new Subjects(
                jar.toAbsolutePath(),
                Optional.ofNullable(beforeJar).map(Path::toAbsolutePath),
                serverOptions(),
                beforeOptions == null ? serverOptions() : List.copyOf(beforeOptions),
                workFolder());
    }

    /** Returns no options for an empty text. */
    List<String> serverOptions() {
        return serverOptions.stream().filter(option -> !option.isEmpty()).toList();
    }

    Path reportFolder() {
        return (out != null ? out : checkout().resolve("bench/target/report")).toAbsolutePath();
    }

    private Path workFolder() {
        return (work != null ? work : checkout().resolve("bench/target/work")).toAbsolutePath();
    }

    /** The checkout that contains this module: the jar is in bench/target, and so are its classes. */
    private static Path checkout() {
        try {
            Path code = Path.of(BenchOptions.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Optional.ofNullable(code.getParent())
                    .map(Path::getParent)
                    .map(Path::getParent)
                    .orElse(Path.of(""));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
