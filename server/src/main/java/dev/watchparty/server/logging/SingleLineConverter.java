package dev.watchparty.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import org.apiguardian.api.API;

/**
 * Writes an event as one line, with the line break at its end. It guarantees that no text in the event, whatever its
 * source, starts another line, moves the cursor of a terminal or changes the order of the displayed text. Such
 * characters are written as {@code \n} or by their number, {@code \u001b}.
 */
@API(status = API.Status.INTERNAL)
public final class SingleLineConverter extends CompositeConverter<ILoggingEvent> {
    @Override
    protected String transform(ILoggingEvent event, String line) {
        return escape(line.stripTrailing()) + '\n';
    }

    static String escape(String text) {
        if (text.codePoints().noneMatch(SingleLineConverter::isUnsafe)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> append(escaped, codePoint));
        return escaped.toString();
    }

    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static void append(StringBuilder escaped, int codePoint) {
        if (!isUnsafe(codePoint)) {
            escaped.appendCodePoint(codePoint);
            return;
        }
        switch (codePoint) {
            case '\n' -> escaped.append("\\n");
            case '\r' -> escaped.append("\\r");
            case '\t' -> escaped.append("\\t");
            default -> escaped.append("\\u%04x".formatted(codePoint));
        }
    }
}
