package dev.watchparty.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.watchparty.server.files.PrivateFiles;
import dev.watchparty.server.files.UnreadableFileException;
import dev.watchparty.server.lifecycle.ManagedPart;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that keeps the secret over a restart, so that tickets of an earlier run stay valid. It is a separate file,
 * so that the sessions can be copied or inspected without the secret.
 *
 * <p>If the file cannot be read or written, clients cannot come back after a restart, and nothing else is lost: the
 * server logs the problem and continues with a new secret.
 */
@API(status = API.Status.INTERNAL)
public final class TicketSecretFile implements ManagedPart {
    private static final Logger log = LoggerFactory.getLogger(TicketSecretFile.class);

    private static final int MAX_BYTES = 4000;

    private final Optional<String> configured;
    private final Optional<Path> place;
    private final SecureRandom random;
    private boolean exists; // INVARIANT: an existing file is never replaced: it has the secret, or may be intact
    private TicketSecret secret; // null before it is loaded

    /** @param sessionFile the secret's file is beside it; empty if nothing is kept over a restart */
    public TicketSecretFile(RecoveryConfig config, Optional<Path> sessionFile, SecureRandom random) {
        this.configured = config.secret();
        this.place = sessionFile
                .filter(sessions -> configured.isEmpty())
                .map(sessions -> sessions.resolveSibling(sessions.getFileName() + ".secret"));
        this.random = requireNonNull(random, "random is null");
    }

    /**
     * Returns the secret of the settings, of the file, or of an older file, in this order; a new one if there is none.
     * Blocks.
     *
     * @param older the secret that a session file of schema 1 held
     */
    public TicketSecret load(Optional<String> older) {
        secret = configured
                .or(() -> place.flatMap(this::read))
                .or(() -> older.filter(TicketSecret::isValid))
                .map(TicketSecret::new)
                .orElseGet(() -> TicketSecret.random(random));
        return secret;
    }

    private Optional<String> read(Path file) {
        Optional<String> obstacle = PrivateFiles.obstacle(file);
        try {
            if (obstacle.isPresent()) {
                throw new UnreadableFileException("it " + obstacle.get(), null);
            }
            PrivateFiles.deleteNext(file);
            Optional<String> found = PrivateFiles.read(file, MAX_BYTES).map(bytes -> new String(bytes, UTF_8).trim());
            if (found.isPresent() && !TicketSecret.isValid(found.get())) {
                throw new UnreadableFileException(
                        "a text of %d characters (expected: %s)"
                                .formatted(found.get().length(), TicketSecret.EXPECTED_LENGTH),
                        null);
            }
            exists = found.isPresent();
            return found;
        } catch (UnreadableFileException e) {
            exists = true;
            log.warn(
                    "{} cannot be read ({}): it is left alone, and tickets are signed with a new secret",
                    file,
                    e.getMessage());
            return Optional.empty();
        }
    }

    /** Writes the loaded secret, unless the file exists. Blocks. */
    @Override
    public void start() {
        if (place.isEmpty() || secret == null || exists) {
            return;
        }
        Path file = place.get();
        try {
            PrivateFiles.replace(file, secret.value().getBytes(UTF_8));
        } catch (IOException e) {
            log.warn(
                    "{} cannot be written ({}): tickets are valid only during this run of the server",
                    file,
                    PrivateFiles.reason(e));
        }
    }

    @Override
    public void close() {
        // The file stays for the next run.
    }
}
