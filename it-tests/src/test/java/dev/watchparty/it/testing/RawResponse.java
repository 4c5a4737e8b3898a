package dev.watchparty.it.testing;

import java.util.Map;

/**
 * An HTTP answer, unchanged.
 *
 * @param headers by name in lower case; several of one name are joined by a comma
 */
public record RawResponse(int status, Map<String, String> headers, String body) {
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
