package dev.watchparty.server.identity;

import static java.util.Objects.requireNonNull;

import dev.watchparty.server.session.RoomPassword;
import dev.watchparty.server.session.StoreUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.apiguardian.api.API;

/**
 * Hashes the passwords of rooms by PBKDF2 with HMAC-SHA-256. A hash costs many milliseconds on purpose, and so it is
 * computed on a thread of its own, never on an event loop. Only a bounded number of them wait.
 */
@API(status = API.Status.INTERNAL)
@Singleton
public final class Passwords {
    /** Costs a few hundredths of a second; a password of a room protects an evening, and guesses are limited. */
    private static final int ITERATIONS = 100_000;

    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int MAX_WAITING = 200;
    private static final int IDLE_SECONDS = 10;

    private final SecureRandom random = new SecureRandom();
    private final ExecutorService worker;

    @Inject
    Passwords() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING), task -> {
                    Thread thread = new Thread(task, "watchparty-passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.worker = pool;
    }

    /** Hashes a new password. The stage fails with a {@link StoreUnavailableException} if too many hashes wait. */
    public CompletionStage<RoomPassword> hash(String password) {
        requireNonNull(password, "password is null");
        return onWorker(() -> {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            return new RoomPassword(
                    "%d$%s$%s".formatted(ITERATIONS, text(salt), text(hash(password, salt, ITERATIONS))));
        });
    }

    /**
     * Whether a text is the password. The stage fails with a {@link StoreUnavailableException} if too many hashes wait.
     */
    public CompletionStage<Boolean> isRight(RoomPassword expected, String password) {
        return onWorker(() -> {
            String[] parts = expected.hash().split("\\$", -1);
            byte[] salt = Base64.getUrlDecoder().decode(parts[1]);
            byte[] hash = Base64.getUrlDecoder().decode(parts[2]);
            return MessageDigest.isEqual(hash, hash(password, salt, Integer.parseInt(parts[0])));
        });
    }

    private <T> CompletionStage<T> onWorker(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, worker);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedStage(new StoreUnavailableException("too many passwords are being checked"));
        }
    }

    private static byte[] hash(String password, byte[] salt, int iterations) {
        try {
            PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * Byte.SIZE);
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
