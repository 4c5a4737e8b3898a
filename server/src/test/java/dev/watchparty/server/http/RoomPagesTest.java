package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.server.http.TestingHttpConnection.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at the addresses of rooms. */
class RoomPagesTest {
    private static final String PAGE =
            """
            <!doctype html><head><!--link-preview-->
            <link rel="icon" href="./favicon.svg" /><link rel="other" href="https://a.example/./x" />
            <script type="module" src="./assets/index.js"></script></head><p>Write "./" to link.</p>
            """;

    private TestingHttpServer server;
    private TestingHttpConnection connection;

    @BeforeEach
    void start() throws IOException {
        start("");
    }

    @AfterEach
    void stop() throws IOException {
        connection.close();
        server.close();
    }

    private void start(String basePath) throws IOException {
        PagesConfig config =
                new PagesConfig(true, basePath, false, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        server = TestingHttpServer.start(config, PAGE, TestingRooms.of(10), Map.of());
        connection = server.connect();
    }

    @Test
    void roomHasThePageWithTheHeadersOfTheStart() throws IOException {
        Response start = get("/");
        Response room = get("/r/film-night");

        assertThat(room.status()).isEqualTo(200);
        for (String header : List.of(
                "content-type",
                "cache-control",
                "content-security-policy",
                "permissions-policy",
                "referrer-policy",
                "vary",
                "x-content-type-options")) {
            assertThat(room.header(header)).as(header).isEqualTo(start.header(header));
        }
        assertThat(room.header("etag")).isNotEqualTo(start.header("etag"));
        assertThat(send("GET /r/film-night HTTP/1.1\r\nHost: h\r\nIf-None-Match: " + room.header("etag") + "\r\n\r\n")
                        .status())
                .isEqualTo(304);
        assertThat(room.content()).contains("in film-night\"", "http://h/r/film-night\"", "noindex");
    }

    @Test
    void linksOfARoomLeadToTheFilesBesideThePage() throws IOException {
        assertThat(get("/").content()).contains("href=\"./favicon.svg\"", "src=\"./assets/index.js\"");
        assertThat(get("/r/film-night").content())
                .contains("href=\"../favicon.svg\"", "src=\"../assets/index.js\"")
                .contains("href=\"https://a.example/./x\"", "Write \"./\" to link");
    }

    @Test
    void roomsAreBelowTheBasePath() throws IOException {
        stop();
        start("/a/party");

        assertThat(get("/a/party/r/film-night").content()).contains("http://h/a/party/r/film-night\"");
        assertThat(get("/r/film-night").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/r/Film_Night,                           Film_Night, Film_Night",
        "/r/film-night?x=1,                       film-night, film-night",
        "/r/film-night?room=other,                film-night, film-night",
        "/r/film%2Dnight,                         film-night, film-night",
        "/r/%D0%9A%D0%98%D0%9D%D0%9E,             кино,       %D0%BA%D0%B8%D0%BD%D0%BE",
        "/r/cafe%CC%81,                           café,       caf%C3%A9",
    })
    void everyNameOfARoomHasAPage(String path, String name, String link) throws IOException {
        Response room = get(path);

        assertThat(room.status()).isEqualTo(200);
        assertThat(room.content()).contains("in " + name + "\"", "http://h/r/" + link + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/r/..",
                "/r/%2e%2e",
                "/r/%2E%2E%2Findex.html",
                "/r/a%2fb",
                "/r/a%5cb",
                "/r/%00",
                "/r/abc%00",
                "/r/abc%0d%0a",
                "/r/%22%3E%3Cscript%3E",
                "/r/abc%E2%80%8B", // zero width space
                "/r/abc%E2%80%AE", // right-to-left override
                "/r/abc%C3", // half a character
                "/r/%ED%A0%80abc", // half a pair
                "/r/%C0%AEabc", // a dot, too long
                "/r/abc%",
                "/r/abc%zz",
                "/r/a+b",
                "/r/a.b",
                "/r/index.html",
                "/r/\u00e4\u00f6\u00fc", // not encoded
                "/r/%C3%A4%C3%B6",
            })
    void nameThatNoRoomCanHaveIsNotFoundInWords(String path) throws IOException {
        Response page = send("GET " + path + " HTTP/1.1\r\nHost: h\r\nAccept: text/html\r\n\r\n");
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.content()).contains("No room can have this name", "href=\"./../\"");

        assertThat(get(path).content()).isEqualTo("Not found: no room can have this name\n");
    }

    @Test
    void longestNameIsThatOfAnEarlierLink() throws IOException {
        assertThat(get("/r/" + "a".repeat(64)).status()).isEqualTo(200);
        assertThat(get("/r/" + "a".repeat(65)).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/r", "/r/", "/r/film-night/", "/r/film-night/more", "/r//film-night", "/R/film-night"})
    void deeperPathIsNotFound(String path) throws IOException {
        Response answer = get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.content()).isEqualTo("Not found\n");
    }

    @Test
    void roomTakesNoPost() throws IOException {
        Response answer = send("POST /r/film-night HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void serverWithoutAPageHasNoPagesOfRooms() throws IOException {
        PagesConfig config =
                new PagesConfig(false, "", false, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        try (TestingHttpServer bare = TestingHttpServer.start(config, TestingHttpServer.READY);
                TestingHttpConnection client = bare.connect()) {
            assertThat(client.send("GET /r/film-night HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readResponse()
                            .status())
                    .isEqualTo(404);
            assertThat(client.send("GET /api/server HTTP/1.1\r\nHost: h\r\n\r\n")
                            .readResponse()
                            .status())
                    .isEqualTo(200);
        }
    }

    private Response get(String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    private Response send(String request) throws IOException {
        return connection.send(request).readResponse();
    }
}
