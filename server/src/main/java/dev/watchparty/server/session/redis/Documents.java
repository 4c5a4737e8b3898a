package dev.watchparty.server.session.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes documents as JSON in one line, and reads them. */
final class Documents {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            // A newer node may add a field.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final ObjectReader READER = MAPPER.reader();
    private static final ObjectWriter WRITER = MAPPER.writer();

    private Documents() {}

    static byte[] write(Object document) {
        try {
            return WRITER.writeValueAsBytes(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PlaybackDocument playback(byte[] bytes, int from, int length) {
        return read(PlaybackDocument.class, bytes, from, length);
    }

    static PresenceDocument presence(byte[] bytes, int from, int length) {
        return read(PresenceDocument.class, bytes, from, length);
    }

    static StepDocument[] steps(byte[] bytes, int from, int length) {
        return read(StepDocument[].class, bytes, from, length);
    }

    static ReportDocument[] reports(byte[] bytes, int from, int length) {
        return read(ReportDocument[].class, bytes, from, length);
    }

    static LossDocument loss(byte[] bytes) {
        return read(LossDocument.class, bytes, 0, bytes.length);
    }

    private static <T> T read(Class<T> type, byte[] bytes, int from, int length) {
        try {
            return READER.readValue(bytes, from, length, type);
        } catch (IOException e) {
            // Its message may repeat what people have typed.
            throw new IllegalArgumentException("a document of Redis: %s (expected: written by this version)"
                    .formatted(e.getClass().getSimpleName()));
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    static byte[] ascii(long number) {
        return ascii(Long.toString(number));
    }

    /** The place of a byte at or after an index; the length if there is none. */
    static int indexOf(byte[] bytes, char wanted, int from) {
        int index = from;
        while (index < bytes.length && bytes[index] != wanted) {
            index++;
        }
        return index;
    }
}
