package dev.watchparty.server;

import static java.util.stream.Collectors.toCollection;

import dev.watchparty.protocol.SocketEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The events that the code names, and the events that {@code docs/protocol.md} lists. */
public final class TestingContract {
    private static final Path DOCUMENT = Path.of("../docs/protocol.md");
    private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| (`[a-z:A-Z`, ]+`) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z:A-Z]+)`");

    private TestingContract() {}

    /** All events of the code. */
    public static Set<String> events() {
        return Arrays.stream(SocketEvents.class.getFields())
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(toCollection(TreeSet::new));
    }

    /** The events that clients send, according to the document. */
    public static Set<String> fromClients() {
        return listedUnder("### From clients");
    }

    /** The events that the server sends, according to the document. */
    public static Set<String> fromTheServer() {
        return listedUnder("### From the server");
    }

    private static Set<String> listedUnder(String heading) {
        try {
            String document = Files.readString(DOCUMENT);
            String section = document.substring(document.indexOf(heading) + heading.length());
            int end = section.indexOf("\n##");
            return FIRST_CELL
                    .matcher(section.substring(0, end))
                    .results()
                    .flatMap(cell -> NAME.matcher(cell.group(1)).results())
                    .map(name -> name.group(1))
                    .filter(name -> events().contains(name) || name.contains(":"))
                    .collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
