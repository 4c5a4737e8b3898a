package dev.watchparty.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Reads the built web client, and the library for other sites: once, completely, and within bounds. */
final class ClientFiles {
    /** The path of the page itself, also served under {@code /}. */
    static final String INDEX_PATH = "/index.html";

    /** The most files that a client has, including the compressed versions of other files. */
    static final int MAX_FILES = 1000;

    /** The most bytes that all files together have. */
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private static final String PAGE = "client";
    private static final String LIBRARY = "socket.io-client";

    private ClientFiles() {}

    /**
     * Reads the page: the folder {@code client} of the class path, in a jar or not.
     *
     * @throws IllegalStateException if it is missing, or exceeds {@link #MAX_FILES} or {@link #MAX_BYTES}
     */
    static List<StaticFile> page(ClassLoader loader) {
        return fromClassPath(loader, PAGE, INDEX_PATH);
    }

    /**
     * Reads the files of socket.io-client, each under its name: the folder {@code socket.io-client} of the class path.
     *
     * @throws IllegalStateException as {@link #page}
     */
    static List<StaticFile> library(ClassLoader loader) {
        return fromClassPath(loader, LIBRARY, "/socket.io.js");
    }

    private static List<StaticFile> fromClassPath(ClassLoader loader, String folder, String first) {
        URL found = loader.getResource(folder + first);
        if (found == null) {
            throw new IllegalStateException(
                    "%s%s is not on the class path: the web client was not built".formatted(folder, first));
        }
        try {
            if (!found.getProtocol().equals("jar")) {
                return fromFolder(Path.of(found.toURI()).getParent());
            }
            URI jar =
                    ((JarURLConnection) found.openConnection()).getJarFileURL().toURI();
            try (FileSystem files = FileSystems.newFileSystem(Path.of(jar))) {
                return fromFolder(files.getPath(folder));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + found, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("cannot read " + found, e);
        }
    }

    /**
     * Reads a folder. A file whose name is another file's name plus {@code .br} or {@code .gz} is the content of that
     * file in this coding. If there is no {@code .gz}, it is created.
     *
     * @throws IllegalStateException if it exceeds {@link #MAX_FILES} or {@link #MAX_BYTES}
     */
    static List<StaticFile> fromFolder(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(folder)) {
            paths = tree.filter(Files::isRegularFile).limit(MAX_FILES + 1L).toList();
        }
        checkBounds(folder, paths);

        List<StaticFile> files = new ArrayList<>();
        for (Path path : paths) {
            if (!isCodingOfAnother(path)) {
                files.add(StaticFile.of(requestPath(folder.relativize(path)), contents(path)));
            }
        }
        return List.copyOf(files);
    }

    private static void checkBounds(Path folder, List<Path> paths) throws IOException {
        if (paths.size() > MAX_FILES) {
            throw new IllegalStateException(
                    "%s: more than %d files (expected: a built web client)".formatted(folder, MAX_FILES));
        }
        long bytes = 0;
        for (Path path : paths) {
            bytes += Files.size(path);
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalStateException("%s: %d bytes (expected: <= %d)".formatted(folder, bytes, MAX_BYTES));
        }
    }

    private static boolean isCodingOfAnother(Path path) {
        String name = path.getFileName().toString();
        return Stream.of(ContentCoding.BROTLI, ContentCoding.GZIP)
                .map(ContentCoding::suffix)
                .filter(name::endsWith)
                .map(suffix -> name.substring(0, name.length() - suffix.length()))
                .anyMatch(plain -> Files.isRegularFile(path.resolveSibling(plain)));
    }

    private static String requestPath(Path relative) {
        String path = "/" + relative.toString().replace(relative.getFileSystem().getSeparator(), "/");
        try {
            return new URI(null, null, path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("no request can name the file " + relative, e);
        }
    }

    private static Map<ContentCoding, byte[]> contents(Path path) throws IOException {
        Map<ContentCoding, byte[]> contents = new EnumMap<>(ContentCoding.class);
        for (ContentCoding coding : ContentCoding.values()) {
            Path file = path.resolveSibling(path.getFileName() + coding.suffix());
            if (Files.isRegularFile(file)) {
                contents.put(coding, Files.readAllBytes(file));
            }
        }
        if (!contents.containsKey(ContentCoding.GZIP)) {
            contents.put(ContentCoding.GZIP, gzip(contents.get(ContentCoding.IDENTITY)));
        }
        return contents;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new BestGzip(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
