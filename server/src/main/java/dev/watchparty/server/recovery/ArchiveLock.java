package dev.watchparty.server.recovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * Says that an archive is this server's, so that no other writes to it: a lock on a file beside it, which the system
 * takes back when the process ends, however it ends.
 */
final class ArchiveLock implements AutoCloseable {
    private final FileChannel channel; // null where nothing can be locked

    private ArchiveLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock; empty if another server has it. Where nothing can be locked, the archive counts as free. */
    static Optional<ArchiveLock> take(Path archive) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    archive.resolveSibling(archive.getFileName() + ".lock"),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    ArchiveFiles.ownerOnly());
            if (channel.tryLock() != null) {
                return Optional.of(new ArchiveLock(channel));
            }
        } catch (OverlappingFileLockException anotherOfThisProcess) {
            // As if it were another process.
        } catch (IOException cannotBeLocked) {
            close(channel);
            return Optional.of(new ArchiveLock(null));
        }
        close(channel);
        return Optional.empty();
    }

    @Override
    public void close() {
        close(channel);
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
