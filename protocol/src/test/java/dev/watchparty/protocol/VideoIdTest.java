package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of cases is that of the page's test, {@code videoId.test.ts}. */
class VideoIdTest {
    private static final JsonNode TABLE = TestingTable.read("videoLinks.json");

    static Stream<Arguments> videos() {
        return TABLE.get("videos")
                .valueStream()
                .map(video -> Arguments.of(
                        video.get("text").textValue(), video.get("id").textValue()));
    }

    static Stream<String> refused() {
        return TABLE.get("refused").valueStream().map(text -> text.get("text").textValue());
    }

    @ParameterizedTest
    @MethodSource("videos")
    void idIsFoundIn(String text, String id) {
        assertThat(VideoId.find(text)).contains(new VideoId(id));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void noIdIsFoundIn(String text) {
        assertThat(VideoId.find(text)).isEmpty();
    }

    /** In quadratic time each text would take over 0.1 s, and a thousand of them some minutes. */
    @ParameterizedTest
    @ValueSource(strings = {".", "-", " ", "a.", "/", "https:/", "a=", "%3A", "&#", "aa-"})
    @Timeout(60)
    void hostileTextIsReadInLinearTime(String part) {
        String text = 'x' + part.repeat(2046 / part.length()) + '!';
        for (int i = 0; i < 1000; i++) {
            assertThat(VideoId.find(text)).isEmpty();
        }
    }

    @Test
    void errorOfAnIdDoesNotRepeatTheText() {
        assertThatThrownBy(() -> new VideoId("<b>"))
                .hasMessage("videoId: a text of 3 characters (expected: 11 of A-Z a-z 0-9 _ -)");
    }
}
