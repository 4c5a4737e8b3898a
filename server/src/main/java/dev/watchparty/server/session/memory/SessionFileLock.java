package dev.watchparty.server.session.memory;

import dev.watchparty.server.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reserves a session file for one server: a lock on a file beside it, which the system releases when the process ends,
 * however it ends.
 */
final class SessionFileLock implements AutoCloseable {
    /**
     * The files that servers of this process have locked.
     *
     * <p>INVARIANT: none of them is opened again. On POSIX the lock of a process ends when it closes any descriptor of
     * the file, so another server of the process would end the lock by asking for it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    /** Channels of files that another copy of this class has locked in this process: closing one would end its lock. */
    private static final Map<Path, FileChannel> REFUSED = new ConcurrentHashMap<>();

    private final Path file;
    private final FileChannel channel; // null where nothing can be locked
    private final Optional<String> fault;
    private final AtomicBoolean closed = new AtomicBoolean();

    private SessionFileLock(Path file, FileChannel channel, Optional<String> fault) {
        this.file = file;
        this.channel = channel;
        this.fault = fault;
    }

    /** Takes the lock; empty if another server has it. Where nothing can be locked, other processes are ignored. */
    static Optional<SessionFileLock> take(Path sessions) {
        Path file = beside(sessions);
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        boolean taken = false;
        try {
            Optional<SessionFileLock> lock = lock(file);
            taken = lock.isPresent();
            return lock;
        } finally {
            if (!taken) {
                HELD.remove(file);
            }
        }
    }

    /** The file to lock. It is the same for every way to write the path of the folder. */
    private static Path beside(Path sessions) {
        Path file = sessions.resolveSibling(sessions.getFileName() + ".lock").toAbsolutePath();
        try {
            return file.getParent().toRealPath().resolve(file.getFileName());
        } catch (IOException noSuchFolder) {
            return file.normalize();
        }
    }

    private static Optional<SessionFileLock> lock(Path file) {
        Optional<String> obstacle = PrivateFiles.obstacle(file);
        if (obstacle.isPresent()) { // opening a pipe would wait for its other end
            return Optional.of(new SessionFileLock(file, null, obstacle.map(what -> file + " " + what)));
        }
        FileChannel channel = REFUSED.remove(file);
        try {
            if (channel == null) {
                channel = FileChannel.open(
                        file,
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                        PrivateFiles.ownerOnly());
            }
            if (channel.tryLock() != null) {
                return Optional.of(new SessionFileLock(file, channel, Optional.empty()));
            }
        } catch (OverlappingFileLockException anotherCopyOfThisClass) {
            REFUSED.put(file, channel);
            return Optional.empty();
        } catch (IOException e) {
            close(channel);
            Optional<String> fault = Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of("%s cannot be locked: %s".formatted(file, PrivateFiles.reason(e)))
                    : Optional.empty();
            return Optional.of(new SessionFileLock(file, null, fault));
        }
        close(channel);
        return Optional.empty();
    }

    /** The problem with the lock's file, if the file exists and cannot be used. */
    Optional<String> fault() {
        return fault;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            close(channel);
            HELD.remove(file);
        }
    }

    private static void close(FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
