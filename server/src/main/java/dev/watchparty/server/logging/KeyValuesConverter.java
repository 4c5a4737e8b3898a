package dev.watchparty.server.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import org.apiguardian.api.API;
import org.slf4j.event.KeyValuePair;

/**
 * The key-value pairs of an event as {@code key=value}, with a space before each. A value that could look like another
 * pair is quoted: {@code name="a b"}.
 */
@API(status = API.Status.INTERNAL)
public final class KeyValuesConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        if (pairs == null || pairs.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (KeyValuePair pair : pairs) {
            text.append(' ').append(pair.key).append('=').append(value(String.valueOf(pair.value)));
        }
        return text.toString();
    }

    private static String value(String value) {
        if (!value.isEmpty() && value.chars().noneMatch(KeyValuesConverter::needsQuotes)) {
            return value;
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean needsQuotes(int character) {
        return character == '"'
                || character == '='
                || character == '\\'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character);
    }
}
