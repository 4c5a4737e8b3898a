package dev.watchparty.server.recovery;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.SavedSessions.Saved;
import dev.watchparty.server.session.Snapshot;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that carries sessions over a restart of the server, a crash included: for those who come back, it is as if
 * their connection alone had been lost.
 *
 * <p>Only its owner may read it, since it holds the secret that tickets are signed with. A file that cannot be read or
 * written costs the comfort and nothing else: it is logged, and the server goes on without.
 */
public final class Archive {
    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    private static final int SECRET_BYTES = 32;
    private static final long MAX_BYTES = 64L << 20;

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new Jdk8Module())
            .setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);
    private final RecoveryConfig config;
    private final SecureRandom random;
    private boolean failing; // and it has been said

    /** What an archive holds for a server that starts. */
    public record Contents(String secret, SavedSessions sessions) {}

    /** What is in the file. */
    private record Document(String secret, List<SavedRoom> rooms) {
        private Document {
            requireNonNull(secret, "secret is null");
            rooms = List.copyOf(rooms);
        }

        private Map<RoomId, Saved> sessions() {
            return rooms.stream().collect(toMap(SavedRoom::room, room -> new Saved(room.snapshot(), room.savedAt())));
        }
    }

    private record SavedRoom(RoomId room, long savedAt, Snapshot snapshot) {
        private SavedRoom {
            requireNonNull(room, "room is null");
            requireNonNull(snapshot, "snapshot is null");
        }
    }

    public Archive(RecoveryConfig config, SecureRandom random) {
        this.config = requireNonNull(config, "config is null");
        this.random = requireNonNull(random, "random is null");
    }

    /** Whether there is anything to save to. */
    boolean isOpen() {
        return config.enabled() && config.file().isPresent();
    }

    /**
     * Reads what an earlier run has left: its secret and its sessions, or a new secret and none.
     */
    public Contents load() {
        Optional<Contents> found = isOpen() ? read(config.file().orElseThrow()) : Optional.empty();
        String secret =
                config.secret().orElseGet(() -> found.map(Contents::secret).orElseGet(this::newSecret));
        return new Contents(secret, found.map(Contents::sessions).orElseGet(SavedSessions::none));
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Optional<Contents> read(Path file) {
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (Files.size(file) > MAX_BYTES || !isOurs(file)) {
                log.warn("the archive of sessions is not read: it is too large, or another user's");
                return Optional.empty();
            }
            Document document = mapper.readValue(file.toFile(), Document.class);
            log.atInfo().addKeyValue("rooms", document.rooms().size()).log("sessions of an earlier run may go on");
            return Optional.of(
                    new Contents(document.secret(), new SavedSessions(document.sessions(), config.window())));
        } catch (IOException | RuntimeException e) {
            log.warn("the archive of sessions cannot be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    /** Whether nobody else can have written it, which matters where anybody may write to the folder. */
    private static boolean isOurs(Path file) throws IOException {
        Path probe = Files.createTempFile("watchparty", null);
        try {
            return Files.getOwner(file).equals(Files.getOwner(probe));
        } finally {
            Files.delete(probe);
        }
    }

    /** Replaces what the file holds. Blocks. */
    void save(String secret, Map<RoomId, Saved> sessions) {
        Path file = config.file().orElseThrow();
        List<SavedRoom> rooms = sessions.entrySet().stream()
                .map(session -> new SavedRoom(
                        session.getKey(),
                        session.getValue().savedAt(),
                        session.getValue().snapshot()))
                .toList();
        try {
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(next);
            Files.createFile(next, ownerOnly());
            Files.write(
                    next, mapper.writeValueAsBytes(new Document(secret, rooms)), StandardOpenOption.TRUNCATE_EXISTING);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                log.warn("the archive of sessions cannot be written: {}", e.toString());
            }
            failing = true;
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
