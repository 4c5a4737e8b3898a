package dev.watchparty.server.identity;

import static com.google.common.base.Preconditions.checkArgument;

import dev.watchparty.server.session.StoreUnavailableException;
import java.security.SecureRandom;
import java.util.Base64;
import org.apiguardian.api.API;

/**
 * The secret that signs tickets.
 *
 * @param value at least 32 characters
 */
@API(status = API.Status.INTERNAL)
public record TicketSecret(String value) {
    static final String EXPECTED_LENGTH = "at least 32";
    private static final int MIN_LENGTH = 32;
    private static final int NEW_BYTES = 32;

    public TicketSecret {
        checkArgument(
                isValid(value), "secret: a text of %s characters (expected: %s)", value.length(), EXPECTED_LENGTH);
    }

    static boolean isValid(String value) {
        return value.length() >= MIN_LENGTH;
    }

    /** Creates a secret that nobody can guess. */
    static TicketSecret random(SecureRandom random) {
        byte[] bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return new TicketSecret(Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Returns the secret of the settings, or the one that all nodes share. Blocks.
     *
     * @throws StoreUnavailableException if the store is needed and cannot be reached
     * @throws IllegalStateException if the store holds a text that is no secret
     */
    public static TicketSecret shared(RecoveryConfig config, SharedSecret store, SecureRandom random) {
        if (config.secret().isPresent()) {
            return new TicketSecret(config.secret().get());
        }
        String kept = store.orElseKeep(random(random).value());
        if (!isValid(kept)) {
            throw new IllegalStateException("the secret in the store: a text of %d characters (expected: %s)"
                    .formatted(kept.length(), EXPECTED_LENGTH));
        }
        return new TicketSecret(kept);
    }

    /** Keeps the secret out of logs. */
    @Override
    public String toString() {
        return "TicketSecret[%d characters]".formatted(value.length());
    }
}
