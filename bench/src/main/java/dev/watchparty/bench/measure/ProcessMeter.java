package dev.watchparty.bench.measure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Reads the resources that one process has used. */
public final class ProcessMeter {
    private static final int USER_TIME = 11; // proc(5), /proc/pid/stat: utime is field 14, counted here from field 3
    private static final int SYSTEM_TIME = 12;

    /** The unit of proc(5) for times: 100 a second on all Linux machines, whatever the kernel's own clock. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final ProcessHandle process;
    private final Path proc;

    public ProcessMeter(ProcessHandle process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    /** The CPU time that it has used, user and system. */
    public Duration cpu() {
        Path stat = proc.resolve("stat");
        if (!Files.isReadable(stat)) {
            return process.info().totalCpuDuration().orElseThrow(() -> gone(null));
        }
        String text = read(stat);
        // The name before it is in parentheses, and may hold anything.
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return TICK.multipliedBy(Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]));
    }

    /** The memory that it has resident, bytes. */
    public long residentBytes() {
        Path rollup = proc.resolve("smaps_rollup");
        if (Files.isReadable(rollup)) {
            return kibibytes(read(rollup), "Rss:");
        }
        Path status = proc.resolve("status");
        if (Files.isReadable(status)) {
            return kibibytes(read(status), "VmRSS:");
        }
        return residentByPs();
    }

    /** POSIX: {@code rss} in KiB. */
    private long residentByPs() {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(process.pid())).start();
            return Long.parseLong(new String(ps.getInputStream().readAllBytes(), US_ASCII).trim()) * 1024;
        } catch (IOException | NumberFormatException e) {
            throw gone(e);
        }
    }

    private static long kibibytes(String text, String key) {
        try (Stream<String> lines = text.lines()) {
            return lines.filter(line -> line.startsWith(key))
                            .map(line -> line.substring(key.length())
                                    .replace("kB", "")
                                    .trim())
                            .mapToLong(Long::parseLong)
                            .sum()
                    * 1024;
        }
    }

    private String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private IllegalStateException gone(Exception cause) {
        return new IllegalStateException("process %d cannot be measured".formatted(process.pid()), cause);
    }
}
