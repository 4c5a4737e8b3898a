package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.StoreUnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private final Passwords passwords = new Passwords();

    private RoomPassword hash(String password) {
        return passwords.hash(password).toCompletableFuture().join();
    }

    private boolean isRight(RoomPassword expected, String password) {
        return passwords.isRight(expected, password).toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "correct horse", "\u043f\u0430\u0440\u043e\u043b\u044c", "\ud83c\udf7f", "$1$2$"})
    void onlyThePasswordItselfIsRight(String password) {
        RoomPassword hash = hash(password);

        assertThat(isRight(hash, password)).isTrue();
        assertThat(isRight(hash, password + " ")).isFalse();
        assertThat(isRight(hash, "")).isFalse();
    }

    @Test
    void hashShowsNothingAndDiffersEachTime() {
        RoomPassword first = hash("secret");

        assertThat(first.hash())
                .doesNotContain("secret")
                .isNotEqualTo(hash("secret").hash());
        assertThat(first).asString().isEqualTo("RoomPassword");
    }

    @Test
    void tooManyWaitingHashesAreRefusedAndTheOthersAreDone() {
        RoomPassword hash = hash("secret");
        List<CompletableFuture<Boolean>> flood = IntStream.range(0, 300)
                .mapToObj(i -> passwords.isRight(hash, "guess" + i).toCompletableFuture())
                .toList();

        CompletableFuture<Boolean> refused = flood.get(299);
        assertThatThrownBy(refused::join).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(flood.stream().filter(each -> !each.handle((right, failure) -> failure != null)
                        .join()))
                .hasSizeBetween(200, 299)
                .allSatisfy(each -> assertThat(each.join()).isFalse());
        assertThat(isRight(hash("other"), "other")).isTrue();
    }
}
