package dev.watchparty.it.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A file of YAML, read as trees of Jackson. */
public final class YamlFile {
    private YamlFile() {}

    /** Its documents. A key that comes twice is an error. */
    public static List<JsonNode> read(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Iterable<Object> documents = new Yaml(new SafeConstructor(options)).loadAll(Files.readString(file));
            return StreamSupport.stream(documents.spliterator(), false)
                    .filter(Objects::nonNull)
                    .map(Json::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
