package dev.watchparty.protocol;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.Normalizer;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of cases is that of the page's test, {@code username.test.ts}. */
class UsernameTest {
    private static final JsonNode TABLE = TestingTable.read("usernames.json");

    static Stream<Arguments> names() {
        return TABLE.get("names")
                .valueStream()
                .map(name -> Arguments.of(
                        name.get("about").textValue(),
                        name.get("typed").textValue(),
                        name.get("shown").textValue()));
    }

    static Stream<String> nothing() {
        return TABLE.get("nothing").valueStream().map(JsonNode::textValue);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void nameIsCleanedBeforeItIsShown(String about, String typed, String shown) {
        assertThat(Username.of(typed).value()).isEqualTo(shown);
    }

    @ParameterizedTest
    @MethodSource("nothing")
    void nameWithoutVisibleCharactersIsAnonymous(String typed) {
        assertThat(Username.of(typed)).isEqualTo(Username.ANONYMOUS);
    }

    @Test
    void everyCharacterBetweenLettersStaysUnlessItIsDangerous() {
        CodePoints removed =
                CodePoints.of(TABLE.get("removedBetweenLatinLetters").textValue());
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String typed = "a" + Character.toString(c) + "b";
            String expected = removed.contains(c) ? "ab" : Normalizer.normalize(typed, Normalizer.Form.NFC);
            assertThat(Username.of(typed).value())
                    .as("between letters: %s", Integer.toHexString(c))
                    .isEqualTo(expected);
        }
    }

    @Test
    void everyCharacterThatShowsNothingAloneIsAnonymous() {
        CodePoints removed =
                CodePoints.of(TABLE.get("removedBetweenLatinLetters").textValue());
        CodePoints blank = CodePoints.of(TABLE.get("blank").textValue());
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            boolean isNothing = removed.contains(c) || blank.contains(c) || Graphemes.isMark(c);
            assertThat(Username.of(Character.toString(c)).equals(Username.ANONYMOUS))
                    .as("alone: %s", Integer.toHexString(c))
                    .isEqualTo(isNothing);
        }
    }

    @Test
    void cleanedNameStaysCleanAndWithinBounds() {
        int[] alphabet = names().map(name -> (String) name.get()[1])
                .collect(joining())
                .codePoints()
                .distinct()
                .toArray();
        Random random = new Random(1);
        for (int run = 0; run < 20_000; run++) {
            int length = random.nextInt(120);
            String typed = IntStream.generate(() -> alphabet[random.nextInt(alphabet.length)])
                    .limit(length)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String name = Username.of(typed).value();
            assertThat(Username.of(name).value()).isEqualTo(name);
            assertThat(name.codePointCount(0, name.length())).isBetween(1, Username.MAX_LENGTH);
        }
    }

    @Test
    void longTextIsBounded() {
        assertThat(Username.of("x".repeat(1_000_000)).value()).hasSize(50);
    }

    @Test
    void originalRuleCutsFirst() {
        assertThat(Username.ofOriginal("<".repeat(50) + "Alice")).isEqualTo(Username.ANONYMOUS);
        assertThat(Username.ofOriginal(" <b>Bob</b> ").value()).isEqualTo("bBob/b");
        assertThat(Username.ofOriginal("x".repeat(49) + "\ud83c\udf89").value()).hasSize(50);
    }
}
