package dev.watchparty.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.watchparty.server.session.memory.TestingMemoryStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The secret of many nodes. */
class SharedSecretTest {
    private static final String CONFIGURED = "fedcba9876543210fedcba9876543210";

    private final AtomicReference<String> kept = new AtomicReference<>();

    @Test
    void firstNodeCreatesTheSecretOfAll() {
        TicketSecret first = shared(true, Optional.empty());

        assertThat(kept).hasValue(first.value());
        assertThat(shared(true, Optional.empty())).isEqualTo(first);
    }

    @Test
    void secretOfTheSettingsComesFirstAndIsNotKept() {
        assertThat(shared(true, Optional.of(CONFIGURED)).value()).isEqualTo(CONFIGURED);
        assertThat(kept).hasNullValue();
    }

    /** It signs the tokens of participants too. */
    @Test
    void secretIsSharedEvenIfNobodyMayComeBack() {
        assertThat(shared(false, Optional.empty())).isEqualTo(shared(false, Optional.empty()));
        assertThat(kept).doesNotHaveNullValue();
    }

    @Test
    void textThatIsNoSecretIsNamedButNotShown() {
        kept.set("short");

        assertThatThrownBy(() -> shared(true, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the secret in the store: a text of 5 characters (expected: at least 32)");
    }

    private TicketSecret shared(boolean enabled, Optional<String> configured) {
        RecoveryConfig config = new RecoveryConfig(enabled, TestingMemoryStore.WINDOW, Duration.ZERO, configured);
        return TicketSecret.shared(
                config, candidate -> kept.compareAndSet(null, candidate) ? candidate : kept.get(), new SecureRandom());
    }
}
