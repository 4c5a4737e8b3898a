package dev.watchparty.server.http;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small built client on disk. Its compressed files do not hold compressed content, so a test can distinguish a file
 * on disk from one that the server made.
 */
record TestingClientFolder(Path path) implements AutoCloseable {
    static final String INDEX =
            "<!doctype html><title>Watch Party</title>" + "<p>A page that packs well.</p>".repeat(50);
    static final String SCRIPT = "console.log('a script that packs well');\n".repeat(100);
    static final String STYLE = "p { color: black }\n".repeat(100);
    static final String BROTLI_SCRIPT = "the script in brotli";
    static final String GZIP_SCRIPT = "the script in gzip";
    static final String SCRIPT_PATH = "/assets/index-DiwrgTda.js";
    static final String STYLE_PATH = "/assets/index-Ab_-4567.css";
    static final int LARGE_BYTES = 4 * 1024 * 1024;

    static TestingClientFolder create() throws IOException {
        TestingClientFolder folder = new TestingClientFolder(Files.createTempDirectory("client"));
        folder.write("/index.html", INDEX);
        folder.write(SCRIPT_PATH, SCRIPT);
        folder.write(SCRIPT_PATH + ".br", BROTLI_SCRIPT);
        folder.write(SCRIPT_PATH + ".gz", GZIP_SCRIPT);
        folder.write(STYLE_PATH, STYLE);
        folder.write("/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        folder.write("/assets/player with spaces.txt", "x");
        folder.write("/assets/large-00000000.bin", "\0".repeat(LARGE_BYTES));
        return folder;
    }

    void write(String file, String content) throws IOException {
        Path target = path.resolve(file.substring(1));
        Files.createDirectories(target.getParent());
        Files.writeString(target, content, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
    }
}
