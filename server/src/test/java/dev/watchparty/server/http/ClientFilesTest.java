package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientFilesTest {
    @TempDir
    Path folder;

    @Test
    void readsTheClientFromAJar() throws IOException {
        Path jar = folder.resolve("a client.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("client/index.html", "client/assets/a-01234567.js", "other/secret.txt")) {
                out.putNextEntry(new ZipEntry(name));
                out.write("content".getBytes(StandardCharsets.UTF_8));
            }
        }

        try (URLClassLoader loader = loader(jar)) {
            assertThat(ClientFiles.page(loader))
                    .extracting(StaticFile::path)
                    .containsExactlyInAnyOrder("/index.html", "/assets/a-01234567.js");
        }
    }

    @Test
    void readsTheClientFromAFolder() throws IOException {
        write("client/index.html");
        write("other/secret.txt");

        try (URLClassLoader loader = loader(folder)) {
            assertThat(ClientFiles.page(loader)).extracting(StaticFile::path).containsExactly("/index.html");
        }
    }

    @Test
    void saysThatTheClientWasNotBuilt() throws IOException {
        try (URLClassLoader loader = loader(folder)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> ClientFiles.page(loader))
                    .withMessage("client/index.html is not on the class path: the web client was not built");
        }
    }

    @Test
    void servesACompressedFileUnderItsNameIfItsOriginalIsMissing() throws IOException {
        write("archive.gz");

        assertThat(ClientFiles.fromFolder(folder)).extracting(StaticFile::path).containsExactly("/archive.gz");
    }

    @Test
    void refusesTooManyFiles() throws IOException {
        for (int i = 0; i <= ClientFiles.MAX_FILES; i++) {
            write("file" + i);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> ClientFiles.fromFolder(folder))
                .withMessageContaining("more than 1000 files");
    }

    @Test
    void refusesTooManyBytes() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength(ClientFiles.MAX_BYTES + 1);
        }

        assertThatIllegalStateException()
                .isThrownBy(() -> ClientFiles.fromFolder(folder))
                .withMessageContaining("33554433 bytes (expected: <= 33554432)");
    }

    private void write(String file) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "content");
    }

    private static URLClassLoader loader(Path path) throws IOException {
        return new URLClassLoader(new URL[] {path.toUri().toURL()}, null);
    }
}
