package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketEventsTest {
    @Test
    void webClientKnowsEveryEvent() throws IOException {
        List<String> names = Arrays.stream(SocketEvents.class.getFields())
                .map(SocketEventsTest::value)
                .toList();
        String client = Files.readString(Path.of("../client-web/src/protocol/events.ts"));

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(client)
                .containsPattern("(?m)^ +'?%s'?: ".formatted(name)));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
