package dev.watchparty.server.recovery;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.watchparty.server.recovery.ArchiveDocument.SavedRoom;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.SavedSessions;
import dev.watchparty.server.session.SavedSessions.Saved;
import dev.watchparty.server.session.ServerClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that carries sessions over a restart of the server, a crash included: for those who come back, it is as if
 * their connection alone had been lost.
 *
 * <p>Only its owner may read it, since it holds the secret that tickets are signed with. A file that cannot be read or
 * written costs the comfort and nothing else: it is logged, and the server goes on without. One that cannot be what a
 * server has written is set aside, for somebody to look at. Of two servers with one file the second keeps none.
 */
public final class Archive implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Archive.class);

    private static final int SECRET_BYTES = 32;
    private static final long MAX_BYTES = 64L << 20;

    /** The names that a place in the file is told by. */
    private static final Set<String> KEYS = Set.of(
            "secret",
            "rooms",
            "room",
            "savedAt",
            "snapshot",
            "state",
            "videoId",
            "playing",
            "anchor",
            "updatedAt",
            "seq",
            "lastAction",
            "trail",
            "action",
            "at",
            "participants",
            "socketId",
            "username",
            "joinedAt");

    /** How often it is said that the file cannot be written, ms. */
    private static final long COMPLAINT_MILLIS = 60_000;

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build()
            .setVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE);
    private final RecoveryConfig config;
    private final SecureRandom random;
    private final ServerClock clock;
    private ArchiveLock lock; // null while it is not open
    private boolean
            leftAlone; // INVARIANT: what can be neither read nor set aside is never replaced, since it may be intact
    private boolean failing; // said, and not yet taken back
    private long nextComplaint = Long.MIN_VALUE;

    /** What an archive holds for a server that starts. */
    public record Contents(String secret, SavedSessions sessions) {}

    public Archive(RecoveryConfig config, SecureRandom random, ServerClock clock) {
        this.config = requireNonNull(config, "config is null");
        this.random = requireNonNull(random, "random is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Reads what an earlier run has left: its secret and its sessions, or a new secret and none.
     */
    public Contents load() {
        Optional<Contents> found = config.enabled() ? config.file().flatMap(this::readUnlessInUse) : Optional.empty();
        String secret =
                config.secret().orElseGet(() -> found.map(Contents::secret).orElseGet(this::newSecret));
        return new Contents(secret, found.map(Contents::sessions).orElseGet(SavedSessions::none));
    }

    private String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Who starts while another server has the file will be told so when it opens it. */
    private Optional<Contents> readUnlessInUse(Path file) {
        if (ArchiveFiles.obstacle(file).isPresent()) {
            return Optional.empty(); // said when it is opened
        }
        Optional<ArchiveLock> free = ArchiveLock.take(file);
        try {
            return free.flatMap(taken -> read(file));
        } finally {
            free.ifPresent(ArchiveLock::close);
        }
    }

    private Optional<Contents> read(Path file) {
        ArchiveFiles.deleteNext(file);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!ArchiveFiles.isOurs(file)) {
                throw new Unreadable("it is another user's", null);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("larger than %d bytes".formatted(MAX_BYTES));
            }
            ArchiveDocument document = parse(content(file));
            SavedSessions sessions = new SavedSessions(document.checked(clock.millis()), config.window());
            log.atInfo().addKeyValue("rooms", document.rooms().size()).log("sessions of an earlier run may go on");
            return Optional.of(new Contents(document.secret(), sessions));
        } catch (IOException | RuntimeException e) {
            setAside(file, reason(e));
            return Optional.empty();
        }
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return input.readAllBytes();
        } catch (AccessDeniedException e) {
            throw new Unreadable("this process may not read it", e);
        } catch (IOException e) {
            throw new Unreadable("its disk does not give it", e);
        }
    }

    private ArchiveDocument parse(byte[] content) throws IOException {
        if (content.length == 0) {
            throw new Unreadable("it is empty", null);
        }
        ArchiveDocument document = mapper.readValue(content, ArchiveDocument.class);
        if (document == null) {
            throw new Unreadable("not the JSON of a server", null);
        }
        return document;
    }

    /** Its message is ours. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String message, Exception cause) {
            super(message, cause);
        }
    }

    private void setAside(Path file, String reason) {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.warn(
                    "{} cannot be read ({}): it is now {}, and sessions of an earlier run do not go on",
                    file,
                    reason,
                    aside);
        } catch (IOException e) {
            leftAlone = true;
            log.warn(
                    "{} cannot be read ({}), nor set aside ({}): it is left alone, and no sessions are kept over a restart"
                            + " (watchparty.recovery.file)",
                    file,
                    reason,
                    ArchiveFiles.reason(e));
        }
    }

    /** In our own words, and never what is in the file, for that may be the secret. */
    private static String reason(Exception e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "a value that no server writes, at " + placeOf(mapping);
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return "not the JSON of a server, line %d, column %d"
                    .formatted(
                            json.getLocation().getLineNr(), json.getLocation().getColumnNr());
        }
        if (e instanceof Unreadable || e instanceof IllegalArgumentException) {
            return e.getMessage();
        }
        return e instanceof FileSystemException ? "this process may not look at it" : "not the JSON of a server";
    }

    /** Such as {@code rooms[0].snapshot.state}; a name that is not one of ours is the file's own text, and left out. */
    private static String placeOf(JsonMappingException mapping) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : mapping.getPath()) {
            String name = step.getFieldName();
            if (name == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else if (KEYS.contains(name)) {
                place.append(place.isEmpty() ? "" : ".").append(name);
            }
        }
        return place.isEmpty() ? "its beginning" : place.toString();
    }

    /** Takes the file to write to it, if there is one, no other server has it, and nothing else stands in its place. */
    boolean open() {
        if (!config.enabled() || config.file().isEmpty()) {
            return false;
        }
        Path file = config.file().orElseThrow();
        Optional<String> obstacle = ArchiveFiles.obstacle(file);
        if (obstacle.isPresent() || leftAlone) {
            obstacle.ifPresent(what -> log.warn(
                    "{} {}: it is left alone, and no sessions are kept over a restart (watchparty.recovery.file)",
                    file,
                    what));
            return false;
        }
        lock = ArchiveLock.take(file).orElse(null);
        if (lock == null) {
            log.warn(
                    "another server keeps its sessions in {}: this one keeps none over a restart"
                            + " (watchparty.recovery.file)",
                    file);
            return false;
        }
        lock.fault()
                .ifPresent(fault ->
                        log.warn("{}: another server that keeps its sessions in {} would not be noticed", fault, file));
        return true;
    }

    /** Whether it can be saved to. */
    boolean isOpen() {
        return lock != null;
    }

    /** Leaves the file to others. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
            lock = null;
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
            ArchiveFiles.replace(file, mapper.writeValueAsBytes(new ArchiveDocument(secret, rooms)));
            if (failing) {
                failing = false;
                log.info("{} is written again", file);
            }
        } catch (IOException e) {
            complain(file, e);
        }
    }

    private void complain(Path file, IOException e) {
        if (clock.millis() >= nextComplaint) {
            failing = true;
            nextComplaint = clock.millis() + COMPLAINT_MILLIS;
            log.warn(
                    "{} cannot be written ({}): a restart would find what it held before",
                    file,
                    ArchiveFiles.reason(e));
        }
    }
}
