package dev.watchparty.server.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** What is done with files so that they are whole, and nobody else's. */
final class ArchiveFiles {
    /** On Linux, owned by whoever the process runs as, a user without a name included. */
    private static final Path PROCESS = Path.of("/proc/self");

    private ArchiveFiles() {}

    /** Whether nobody else can have written a file, which matters where anybody may write to the folder. */
    static boolean isOurs(Path file) throws IOException {
        return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(ourselves(file));
    }

    /** Why what stands in the place of a file is none: "is a folder". Empty for a file, and if nothing stands there. */
    static Optional<String> obstacle(Path place) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile()) {
                return Optional.empty();
            }
            if (found.isSymbolicLink()) {
                return Optional.of("is a link, and links are not followed");
            }
            return Optional.of(found.isDirectory() ? "is a folder" : "is no file but a pipe or a device");
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be reached: " + reason(e));
        }
    }

    /** What has failed, in our words, or in the system's where it has some for a fault of its disk. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this process may not";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "a folder is in its place";
        }
        String said = e instanceof FileSystemException ofFile ? ofFile.getReason() : e.getMessage();
        return said == null ? "the file system does not allow it" : said;
    }

    private static UserPrincipal ourselves(Path file) throws IOException {
        return Files.exists(PROCESS)
                ? Files.getOwner(PROCESS)
                : file.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    /**
     * Replaces what a file holds, or leaves it as it is: what comes is written beside it and is on the disk before it takes
     * its place.
     */
    static void replace(Path file, byte[] content) throws IOException {
        Path next = next(file);
        try {
            Files.deleteIfExists(next);
            Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (FileChannel channel = FileChannel.open(next, options, ownerOnly())) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            deleteNext(file);
            throw e;
        }
    }

    /** Deletes what a run that was killed while it wrote has left. */
    static void deleteNext(Path file) {
        try {
            Files.deleteIfExists(next(file));
        } catch (IOException staysUntilTheNextOne) {
            // It is in nobody's way.
        }
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
