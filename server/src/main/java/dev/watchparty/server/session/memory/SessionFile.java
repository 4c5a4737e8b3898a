package dev.watchparty.server.session.memory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.watchparty.server.files.PrivateFiles;
import dev.watchparty.server.files.UnreadableFileException;
import dev.watchparty.server.session.RoomId;
import dev.watchparty.server.session.ServerClock;
import dev.watchparty.server.session.memory.SavedSessions.Saved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that carries sessions over a restart of the server, a crash included. For participants that come back, the
 * restart looks like a short loss of their own connection.
 *
 * <p>If the file cannot be read or written, only this comfort is lost: the server logs the problem and continues
 * without the file. The server sets aside a file that no server can have written, so that a person can inspect it. If
 * two servers have the same file, the second keeps no sessions.
 */
@API(status = API.Status.INTERNAL)
public final class SessionFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionFile.class);

    private static final long MAX_BYTES = 64L << 20;

    /** The names that may appear in a log line about a place in the file. */
    private static final Set<String> KEYS = Set.of(
            "secret",
            "rooms",
            "room",
            "savedAt",
            "schema",
            "playback",
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

    /** How often the log says that the file cannot be written, ms. */
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
    private final Optional<Path> place;
    private final Duration window;
    private final ServerClock clock;
    private SessionFileLock lock; // null while the file is not open
    private boolean
            leftAlone; // INVARIANT: a file that can be neither read nor set aside is never replaced: it may be intact
    private boolean failing; // whether the log still says that the file cannot be written
    private long nextComplaint = Long.MIN_VALUE;

    /**
     * The content of a file that an earlier run has left.
     *
     * @param sessions the sessions that may continue
     * @param secret the secret of a file of schema 1, which held it too
     */
    public record Contents(SavedSessions sessions, Optional<String> secret) {
        private static final Contents NONE = new Contents(SavedSessions.none(), Optional.empty());

        public Contents {
            requireNonNull(sessions, "sessions is null");
            requireNonNull(secret, "secret is null");
        }
    }

    /**
     * @param place the path of the file; empty if no sessions are kept over a restart
     * @param window how long after it was saved a session may continue
     */
    public SessionFile(Optional<Path> place, Duration window, ServerClock clock) {
        this.place = requireNonNull(place, "place is null");
        this.window = requireNonNull(window, "window is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** Reads the sessions of an earlier run. Blocks. */
    public Contents load() {
        return place.flatMap(this::readUnlessInUse).orElse(Contents.NONE);
    }

    /** If another server has the file, the log says so when this one opens it. */
    private Optional<Contents> readUnlessInUse(Path file) {
        if (PrivateFiles.obstacle(file).isPresent()) {
            return Optional.empty(); // the log says so when the file is opened
        }
        Optional<SessionFileLock> free = SessionFileLock.take(file);
        try {
            return free.flatMap(taken -> read(file));
        } finally {
            free.ifPresent(SessionFileLock::close);
        }
    }

    private Optional<Contents> read(Path file) {
        PrivateFiles.deleteNext(file);
        try {
            Optional<byte[]> content = PrivateFiles.read(file, MAX_BYTES);
            return content.isEmpty() ? Optional.empty() : Optional.of(parse(content.get()));
        } catch (IOException | RuntimeException e) {
            setAside(file, reason(e));
            return Optional.empty();
        }
    }

    private Contents parse(byte[] content) throws IOException {
        if (content.length == 0) {
            throw new UnreadableFileException("it is empty", null);
        }
        int schema = schemaOf(content);
        return switch (schema) {
            case 1 -> {
                SessionDocument1 document = read(content, SessionDocument1.class, mapper.reader());
                yield contents(document.upgraded(), Optional.of(document.secret()));
            }
            case SessionDocument.SCHEMA_WITHOUT_SETTINGS ->
                contents(
                        read(
                                content,
                                SessionDocument.class,
                                mapper.reader().without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)),
                        Optional.empty());
            case SessionDocument.SCHEMA ->
                contents(read(content, SessionDocument.class, mapper.reader()), Optional.empty());
            default ->
                throw new UnreadableFileException(
                        "schema: %s (expected: 1 .. %s)".formatted(schema, SessionDocument.SCHEMA), null);
        };
    }

    /** The number at the beginning of a file; files of schema 1 have none. */
    private int schemaOf(byte[] content) throws IOException {
        try (JsonParser parser = mapper.createParser(content)) {
            boolean isNumbered = parser.nextToken() == JsonToken.START_OBJECT
                    && "schema".equals(parser.nextFieldName())
                    && parser.nextToken() == JsonToken.VALUE_NUMBER_INT;
            return isNumbered ? parser.getIntValue() : 1;
        }
    }

    private static <T> T read(byte[] content, Class<T> type, ObjectReader reader) throws IOException {
        T document = reader.forType(type).readValue(content);
        if (document == null) {
            throw new UnreadableFileException("not the JSON of a server", null);
        }
        return document;
    }

    private Contents contents(SessionDocument document, Optional<String> secret) {
        SavedSessions sessions = new SavedSessions(document.checked(clock.millis()), window);
        log.atInfo().addKeyValue("rooms", document.rooms().size()).log("sessions of an earlier run may continue");
        return new Contents(sessions, secret);
    }

    private void setAside(Path file, String reason) {
        Path aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            log.warn(
                    "{} cannot be read ({}): it is now {}, and sessions of an earlier run do not continue",
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
                    PrivateFiles.reason(e));
        }
    }

    /** Returns the reason in our own words. Nothing of the file's text is logged: it may be hostile, or a secret. */
    private static String reason(Exception e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "a value that no server writes, at " + placeOf(mapping);
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return "not the JSON of a server, line %d, column %d"
                    .formatted(
                            json.getLocation().getLineNr(), json.getLocation().getColumnNr());
        }
        return e instanceof UnreadableFileException || e instanceof IllegalArgumentException
                ? e.getMessage()
                : "not the JSON of a server";
    }

    /**
     * Returns a place such as {@code rooms[0].snapshot.state}. A name that is not one of ours comes from the file's
     * text, and is left out.
     */
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

    /**
     * Reserves the file for writing. Returns false if no file is configured, another server has it, or something else
     * is in its place.
     */
    boolean open() {
        if (place.isEmpty()) {
            return false;
        }
        Path file = place.get();
        Optional<String> obstacle = PrivateFiles.obstacle(file);
        if (obstacle.isPresent() || leftAlone) {
            obstacle.ifPresent(what -> log.warn(
                    "{} {}: it is left alone, and no sessions are kept over a restart (watchparty.recovery.file)",
                    file,
                    what));
            return false;
        }
        lock = SessionFileLock.take(file).orElse(null);
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

    /** Whether the file is reserved for this server. */
    boolean isOpen() {
        return lock != null;
    }

    /** Releases the file. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
            lock = null;
        }
    }

    /** Replaces the content of the file. Blocks. */
    void save(Map<RoomId, Saved> sessions) {
        Path file = place.orElseThrow();
        try {
            PrivateFiles.replace(file, mapper.writeValueAsBytes(SessionDocument.of(sessions)));
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
                    "{} cannot be written ({}): a restart would find its earlier content",
                    file,
                    PrivateFiles.reason(e));
        }
    }
}
