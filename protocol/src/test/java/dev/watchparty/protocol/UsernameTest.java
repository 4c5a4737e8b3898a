package dev.watchparty.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
    @ParameterizedTest
    @CsvSource({
        "Alice, Alice",
        "'  Alice  ', Alice",
        "'<b>Bob</b>', bBob/b",
        "'Zoë', 'Zoë'",
        "'Zoe\u0308', 'Zoë'",
        "'Al\u0000ice\u001b[31m', 'Alice[31m'",
        "'\u202eecilA', ecilA",
        "'A\u200bl\u200di\ufeffce', Alice",
        "'a\u2066b\u2069', ab",
        "'two\nlines', twolines",
        "'日本語', '日本語'",
        "'\ud83c\udf89', '\ud83c\udf89'",
    })
    void nameIsMadeFitToBeShown(String typed, String shown) {
        assertThat(Username.of(typed).value()).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "<>", "\u200b\u200b", "\u3164", "\u2800", "\ud800", "\u202e", " < > "})
    void nameOfNothingIsAnonymous(String typed) {
        assertThat(Username.of(typed)).isEqualTo(Username.ANONYMOUS);
    }

    @Test
    void nameIsCutAtFiftyCodePointsAndNeverInsideOne() {
        assertThat(Username.of("\ud83c\udf89".repeat(60)).value()).isEqualTo("\ud83c\udf89".repeat(50));
    }

    @Test
    void markupIsRemovedBeforeTheCut() {
        assertThat(Username.of("<".repeat(100) + "Alice").value()).isEqualTo("Alice");
    }

    @Test
    void cutLeavesNoSpaceAtTheEnd() {
        assertThat(Username.of("a".repeat(49) + " b").value()).isEqualTo("a".repeat(49));
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
