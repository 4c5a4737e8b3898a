package dev.watchparty.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "Film-Night_2", "ABC", "default", "_", "-", "aB3_-9xYz01234567890AB"})
    void nameOfAnEarlierLinkStaysAsItIs(String name) {
        assertThat(RoomId.parse(name)).contains(new RoomId(name));
        assertThat(RoomId.parse("A".repeat(64))).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "Größe, größe",
        "ÄPFEL, äpfel",
        "A\u0308pfel, äpfel", // composed
        "\uFF26\uFF49\uFF4C\uFF4D, film", // full width
        "КИНО-ночь, кино-ночь",
        "映画の夜, 映画の夜",
        "फ़िल्म-रात, फ़िल्म-रात",
        "ليلة-الفيلم, ليلة-الفيلم",
        "\uFB01lm, film", // ligature
        "\u0130stanbul, i\u0307stanbul",
        "٣٤٥, ٣٤٥",
        "\uD801\uDC00\uD801\uDC01\uD801\uDC02, \uD801\uDC28\uD801\uDC29\uD801\uDC2A", // Deseret
    })
    void otherScriptIsWrittenInOneWay(String typed, String name) {
        assertThat(RoomId.parse(typed)).map(RoomId::value).contains(name);
        assertThat(RoomId.chosen(typed)).map(RoomId::value).contains(name);
    }

    @Test
    void chosenNameIsInLowerCase() {
        assertThat(RoomId.chosen("Film-Night-2")).contains(new RoomId("film-night-2"));
        assertThat(RoomId.chosen("ab")).isEmpty();
        assertThat(RoomId.chosen("a_b_c")).isEmpty();
        assertThat(RoomId.chosen("a".repeat(40))).isPresent();
        assertThat(RoomId.chosen("a".repeat(41))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "..",
                "...",
                "ä..ä",
                "../äöü",
                "äöü/..",
                "ä/ö",
                "ä\\ö",
                "%2e%2e",
                "%c3%a4öü",
                "äö",
                "ä_ö",
                "ä ö",
                "ä\u00A0ö",
                "ä\u3000ö",
                "ä\nö",
                "ä\u0000ö",
                "ä\u007Fö",
                "ä\u0085ö",
                "ä\u200Bö", // zero width space
                "ä\u200Dö", // joiner
                "ä\u202Eö", // right-to-left override
                "ä\u2066ö", // isolate
                "ä\u061Cö",
                "ä\uFEFFö",
                "ä\u00ADö", // soft hyphen
                "ä\u034Fö", // grapheme joiner
                "ä\u3164ö", // Hangul filler
                "ä\u115Fö",
                "ä\uFFA0ö",
                "ä\uFE0Fö", // variation selector
                "ä\uDB40\uDD00ö", // another
                "ä\u180Bö",
                "ä\u2060ö",
                "\u0301äö", // a mark that would change the character before the name
                "äö\uD83C\uDFAC", // emoji
                "ä<b>",
                "ä\"ö",
                "ä'ö",
                "ä&ö",
                "ä?ö",
                "ä#ö",
                "ä:ö",
                "ä{ö}",
                "ä=ö",
                "ä@ö",
                "ä\uFF0Fö", // full width solidus
                "ä\u2024\u2024", // leaders, which normalise to dots
                "ä\uFDFAö", // normalises to words with spaces
                "ä\u0378ö", // unassigned
                "ä\uE000ö", // private
            })
    void anythingElseIsNoName(String text) {
        assertThat(RoomId.parse(text)).isEmpty();
        assertThat(RoomId.chosen(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId(text));
    }

    /** As characters, because annotations cannot hold them. */
    @Test
    void halfACharacterIsNoName() {
        for (char half : new char[] {'\uD800', '\uDBFF', '\uDC00', '\uDFFF'}) {
            assertThat(RoomId.parse("ä" + half + "ö")).isEmpty();
            assertThat(RoomId.parse(half + "äö")).isEmpty();
            assertThat(RoomId.parse("äö" + half)).isEmpty();
        }
    }

    @Test
    void hugeTextIsRefusedUnread() {
        assertThat(RoomId.parse("ä".repeat(10_000_000))).isEmpty();
        assertThat(RoomId.parse("\uFDFA".repeat(10_000_000))).isEmpty();
        assertThat(RoomId.parse("a" + "\u0300".repeat(10_000_000))).isEmpty();
    }

    @Test
    void roomHoldsOnlyTheWrittenForm() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId("ÄÖÜ"));
        assertThatIllegalArgumentException().isThrownBy(() -> new RoomId("a\u0308o\u0308u\u0308"));
        assertThat(new RoomId("äöü").value()).isEqualTo("äöü");
    }

    /** So a link that was made from a name leads to the room of that name. */
    @Test
    void normalisedNameStaysAsItIs() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(codePoint -> {
            Optional<String> name = RoomName.normalised("a" + Character.toString(codePoint) + "z");
            name.ifPresent(once ->
                    assertThat(RoomName.normalised(once)).as("%x", codePoint).contains(once));
        });
    }
}
