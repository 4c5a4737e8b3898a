package dev.watchparty.it.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A balancer's settings from the folder {@code deploy}, with the addresses of a test in place of their own. */
final class DeployedSettings {
    private static final Path FOLDER = Path.of("../deploy").toAbsolutePath().normalize();
    private static final int NODES = 3;

    private String text;

    private DeployedSettings(String text) {
        this.text = text;
    }

    static DeployedSettings of(String file) {
        try {
            return new DeployedSettings(Files.readString(FOLDER.resolve(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts these servers in the place of the nodes; the lines of nodes beyond them go. */
    DeployedSettings withNodes(List<? extends RunningServer> servers) {
        for (int i = 0; i < NODES; i++) {
            String node = "node-%d:4000".formatted(i + 1);
            if (i < servers.size()) {
                with(node, "127.0.0.1:" + servers.get(i).port());
            } else {
                String without = text.replaceAll("(?m)^.* " + node + "\\b.*\n", "");
                requireChange(node, without);
                text = without;
            }
        }
        return this;
    }

    /** Replaces a text that must be there. */
    DeployedSettings with(String shipped, String inTest) {
        String changed = text.replace(shipped, inTest);
        requireChange(shipped, changed);
        text = changed;
        return this;
    }

    private void requireChange(String shipped, String changed) {
        if (changed.equals(text)) {
            throw new IllegalStateException("%s: not in the settings (expected: to be replaced)".formatted(shipped));
        }
    }

    String text() {
        return text;
    }
}
