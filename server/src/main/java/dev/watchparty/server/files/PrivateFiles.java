package dev.watchparty.server.files;

import java.io.IOException;
import java.io.InputStream;
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
import org.apiguardian.api.API;

/** Reads and replaces files so that they are always complete, and so that no other user can read or has written them. */
@API(status = API.Status.INTERNAL)
public final class PrivateFiles {
    /** On Linux, its owner is the user that the process runs as. That user may have no name. */
    private static final Path PROCESS = Path.of("/proc/self");

    private PrivateFiles() {}

    /**
     * Reads a file, unless another user can have written it, for example in a folder that every user may write to.
     * Links are not followed. Blocks.
     *
     * @param maxBytes the size of the largest file that is read
     * @return empty if there is no file
     * @throws UnreadableFileException with a message that says in our words why the file cannot be used
     */
    public static Optional<byte[]> read(Path file, long maxBytes) throws UnreadableFileException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(ourselves(file))) {
                throw new UnreadableFileException("it belongs to another user", null);
            }
            if (Files.size(file) > maxBytes) {
                throw new UnreadableFileException("larger than %d bytes".formatted(maxBytes), null);
            }
        } catch (UnreadableFileException e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableFileException("this process may not access it", e);
        }
        try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(input.readAllBytes());
        } catch (AccessDeniedException e) {
            throw new UnreadableFileException("this process may not read it", e);
        } catch (IOException e) {
            throw new UnreadableFileException("its disk cannot read it", e);
        }
    }

    /**
     * Returns the reason why the object at a path is not a file: "is a folder". Returns empty for a file, and if
     * nothing is there.
     */
    public static Optional<String> obstacle(Path place) {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile()) {
                return Optional.empty();
            }
            if (found.isSymbolicLink()) {
                return Optional.of("is a link, and links are not followed");
            }
            return Optional.of(found.isDirectory() ? "is a folder" : "is not a file but a pipe or a device");
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be reached: " + reason(e));
        }
    }

    /** Returns the reason why an operation failed, in our words, or in those of the system for a fault of its disk. */
    public static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "this process is not allowed to";
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
     * Replaces the content of a file, or leaves the file as it is if that fails. The new content is written beside the file,
     * and is on the disk before it takes the file's place. Blocks.
     */
    public static void replace(Path file, byte[] content) throws IOException {
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
            syncFolder(file);
        } catch (IOException e) {
            deleteNext(file);
            throw e;
        }
    }

    /** Without this, a file may have its old name again after a power failure. */
    private static void syncFolder(Path file) {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException noFolderCanBeSynced) {
            // Windows cannot open a folder, and syncs the move by itself.
        }
    }

    /** Deletes the unfinished content that a killed process has left beside a file. */
    public static void deleteNext(Path file) {
        try {
            Files.deleteIfExists(next(file));
        } catch (IOException staysUntilTheNextOne) {
            // It disturbs no reader.
        }
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    /** The attributes of a new file that only its owner may read and write. */
    public static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
