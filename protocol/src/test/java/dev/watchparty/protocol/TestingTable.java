package dev.watchparty.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Tables of cases that the page's tests read too. */
final class TestingTable {
    private TestingTable() {}

    static JsonNode read(String name) {
        try (InputStream table = TestingTable.class.getResourceAsStream("/" + name)) {
            return new ObjectMapper().readTree(table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
