package dev.watchparty.server.http;

import static dev.watchparty.server.http.TestingClientFolder.SCRIPT_PATH;
import static dev.watchparty.server.http.TestingClientFolder.STYLE_PATH;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesHandlerTest {
    private static final PagesConfig BELOW_PARTY =
            new PagesConfig(true, "/party", true, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));

    private final HttpClient client = HttpClient.newHttpClient();
    private TestingHttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = TestingHttpServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?room=x", "/index.html", "/index.html?room=x"})
    void servesThePageForRevalidationEveryTime(String target) throws Exception {
        HttpResponse<String> response = get(target);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(TestingClientFolder.INDEX);
        assertThat(header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(response, "cache-control")).isEqualTo("no-cache");
        assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(response, "date")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
    }

    @Test
    void servesHashedAssetsForCachingForAYear() throws Exception {
        HttpResponse<String> script = get(SCRIPT_PATH);
        assertThat(script.body()).isEqualTo(TestingClientFolder.SCRIPT);
        assertThat(header(script, "content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(script, "cache-control")).isEqualTo("public, max-age=31536000, immutable");

        HttpResponse<String> style = get(STYLE_PATH);
        assertThat(header(style, "content-type")).isEqualTo("text/css; charset=utf-8");
        assertThat(header(style, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
    }

    @Test
    void servesFilesWithoutAHashForRevalidationEveryTime() throws Exception {
        HttpResponse<String> icon = get("/favicon.svg");
        assertThat(header(icon, "content-type")).isEqualTo("image/svg+xml");
        assertThat(header(icon, "cache-control")).isEqualTo("no-cache");

        assertThat(get("/assets/player%20with%20spaces.txt").body()).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "none                          | none | plain",
                "''                            | none | plain",
                "identity                      | none | plain",
                "deflate                       | none | plain",
                "gzip, deflate, br             | br   | brotli",
                "gzip, deflate                 | gzip | gzip",
                "GZIP                          | gzip | gzip",
                "*                             | br   | brotli",
                "br;q=0, *                     | gzip | gzip",
                "br;q=0.5, gzip;q=0.8          | gzip | gzip",
                "br; q=0.5, gzip; q=0.5        | br   | brotli",
                "gzip;q=0.5, identity          | none | plain",
                "br;q=0, gzip;q=0.000          | none | plain",
                "br;q=2, gzip                  | gzip | gzip",
                "identity;q=0, *;q=0           | none | plain",
            })
    void compressesContentAsTheClientPrefers(String acceptEncoding, String coding, String content) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(SCRIPT_PATH));
        if (acceptEncoding != null) {
            request.header("Accept-Encoding", acceptEncoding);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());

        assertThat(response.headers().firstValue("content-encoding").orElse(null))
                .isEqualTo(coding);
        assertThat(header(response, "vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(response.body())
                .isEqualTo(
                        switch (content) {
                            case "brotli" -> TestingClientFolder.BROTLI_SCRIPT;
                            case "gzip" -> TestingClientFolder.GZIP_SCRIPT;
                            default -> TestingClientFolder.SCRIPT;
                        });
    }

    @Test
    void compressesFilesThatTheBuildDidNotCompress() throws Exception {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(server.uri(STYLE_PATH))
                        .header("Accept-Encoding", "gzip, br")
                        .build(),
                BodyHandlers.ofByteArray());

        assertThat(header(response, "content-encoding")).isEqualTo("gzip");
        assertThat(response.body()).hasSizeLessThan(TestingClientFolder.STYLE.length() / 2);
        try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(new String(unpacked.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(TestingClientFolder.STYLE);
        }
    }

    @Test
    void doesNotCompressFilesThatDoNotGetSmaller() throws Exception {
        HttpResponse<String> response = get("/assets/player%20with%20spaces.txt", "Accept-Encoding", "gzip");

        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(response.body()).isEqualTo("x");
    }

    @Test
    void doesNotServeCompressedFilesUnderTheirOwnNames() throws Exception {
        assertThat(get(SCRIPT_PATH + ".br").statusCode()).isEqualTo(404);
        assertThat(get(SCRIPT_PATH + ".gz").statusCode()).isEqualTo(404);
    }

    @Test
    void tagsEachContentWithItsOwnHash() throws Exception {
        Set<String> tags = new HashSet<>();
        for (String coding : List.of("identity", "gzip", "br")) {
            tags.add(header(get(SCRIPT_PATH, "Accept-Encoding", coding), "etag"));
        }
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Hashing.sha256()
                        .hashString(TestingClientFolder.SCRIPT, StandardCharsets.UTF_8)
                        .asBytes());

        assertThat(tags).hasSize(3).contains('"' + hash + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"TAG", "W/TAG", "\"other\", TAG", "\"a,b\",W/\"c\",TAG", "*"})
    void doesNotSendContentThatTheClientHas(String ifNoneMatch) throws Exception {
        String tag = header(get("/"), "etag");

        HttpResponse<String> response = get("/", "If-None-Match", ifNoneMatch.replace("TAG", tag));

        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "etag")).isEqualTo(tag);
        assertThat(header(response, "cache-control")).isEqualTo("no-cache");
        assertThat(header(response, "vary")).isEqualToIgnoringCase("accept-encoding");
        assertThat(response.headers().firstValue("content-type")).isEmpty();
    }

    @Test
    void sendsContentThatTheClientHasInAnotherVersionOrCoding() throws Exception {
        assertThat(get(SCRIPT_PATH, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

        String packed = header(get(SCRIPT_PATH, "Accept-Encoding", "br"), "etag");
        assertThat(get(SCRIPT_PATH, "If-None-Match", packed).statusCode()).isEqualTo(200);
    }

    @Test
    void allowsThePageOnlyWhatThePlayerNeeds() throws Exception {
        HttpResponse<String> response = get("/");

        String own = "localhost:" + server.port();
        assertThat(header(response, "content-security-policy").split("; "))
                .containsExactlyInAnyOrder(
                        "default-src 'none'",
                        "script-src 'self' https://www.youtube.com https://s.ytimg.com",
                        "style-src 'self'",
                        "img-src 'self' data: https://i.ytimg.com",
                        "font-src 'self'",
                        "manifest-src 'self'",
                        "frame-src https://www.youtube.com https://www.youtube-nocookie.com",
                        "connect-src 'self' ws://" + own + " wss://" + own,
                        "base-uri 'none'",
                        "form-action 'self'",
                        "frame-ancestors 'self'");
        assertThat(header(response, "referrer-policy")).isEqualTo("strict-origin-when-cross-origin");
        assertThat(header(response, "permissions-policy"))
                .contains("autoplay=(self \"https://www.youtube.com\" \"https://www.youtube-nocookie.com\")")
                .contains("fullscreen=(self \"https://www.youtube.com\"")
                .contains("encrypted-media=(self \"https://www.youtube.com\"")
                .contains("camera=()");
    }

    @Test
    void namesTheConfiguredSitesInThePolicy() throws Exception {
        PagesConfig config = new PagesConfig(
                true,
                "",
                true,
                List.of("'self'", "https://*.example.com"),
                List.of("https://party.example.com"),
                Duration.ZERO,
                Duration.ofSeconds(1));
        try (TestingHttpServer configured = TestingHttpServer.start(config, TestingHttpServer.READY)) {
            HttpResponse<String> page = get(configured, "/");
            assertThat(header(page, "content-security-policy"))
                    .contains("; frame-ancestors 'self' https://*.example.com")
                    .contains(" https://party.example.com wss://party.example.com; base-uri");
        }
    }

    @Test
    void allowsNoFrameAroundThePageIfNoSiteIsNamed() throws Exception {
        PagesConfig config =
                new PagesConfig(true, "", true, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        try (TestingHttpServer configured = TestingHttpServer.start(config, TestingHttpServer.READY)) {
            assertThat(header(get(configured, "/"), "content-security-policy")).contains("; frame-ancestors 'none'");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a; script-src *", "a script-src", "a,b", "'unsafe-inline'", ""})
    void servesNoPageToAHostThatCouldChangeThePolicy(String host) throws Exception {
        try (TestingHttpConnection connection = server.connect()) {
            var response = connection
                    .send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .readResponse();

            assertThat(response.status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a:80, ws://a:80 wss://a:80",
        "[::1]:80, ws://[::1]:80 wss://[::1]:80",
        "A.Example, ws://a.example wss://a.example",
    })
    void namesTheServersOwnWebSocketInThePolicy(String host, String sources) throws Exception {
        try (TestingHttpConnection connection = server.connect()) {
            var response = connection
                    .send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                    .readResponse();

            assertThat(response.header("content-security-policy"))
                    .contains("; connect-src 'self' " + sources + "; base-uri");
        }
    }

    @Test
    void sendsThePolicyOnlyWithPages() throws Exception {
        assertThat(get(SCRIPT_PATH).headers().firstValue("content-security-policy"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../index.html",
                "/assets/../index.html",
                "/assets/..%2findex.html",
                "/%2e%2e/index.html",
                "/%69ndex.html",
                "/.%00./index.html",
                "/index.html%00.js",
                "/index.html/",
                "//index.html",
                "/./index.html",
                "/assets",
                "/assets/",
                "/assets\\..\\index.html",
                "/etc/passwd",
                "/INDEX.HTML",
                "index.html",
                "*",
                "file:///etc/passwd",
            })
    void findsFilesOnlyUnderTheirExactPaths(String target) throws Exception {
        try (TestingHttpConnection connection = server.connect()) {
            var response = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse();

            assertThat(response.status()).isEqualTo(404);
            assertThat(response.content()).isEqualTo("Not found\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a/", "http://a", "http://a?b=/c", "https://a:80/index.html?b"})
    void acceptsATargetThatNamesTheHost(String target) throws Exception {
        try (TestingHttpConnection connection = server.connect()) {
            var response = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse();

            assertThat(response.content()).isEqualTo(TestingClientFolder.INDEX);
        }
    }

    @Test
    void showsBrowsersAPageThatSaysNotFound() throws Exception {
        HttpResponse<String> response =
                get("/nothing", "Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(header(response, "content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
        assertThat(header(response, "vary")).isEqualToIgnoringCase("accept");
        assertThat(response.body()).contains("There is nothing here");

        String style = response.body()
                .substring(
                        response.body().indexOf("<style>") + 7, response.body().indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(Hashing.sha256()
                        .hashString(style, StandardCharsets.UTF_8)
                        .asBytes());
        assertThat(header(response, "content-security-policy"))
                .isEqualTo("default-src 'none'; style-src 'sha256-" + hash
                        + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'");
        assertThat(response.body()).doesNotContain("src=", "style=", "<script");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "text/html;q=0"})
    void answersOtherClientsNotFoundInALineOfText(String accept) throws Exception {
        HttpResponse<String> response = get("/nothing", "Accept", accept);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(header(response, "content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(response.body()).isEqualTo("Not found\n");
    }

    @ParameterizedTest
    @CsvSource({"POST,/", "PUT,/index.html", "DELETE,/healthz", "OPTIONS,/readyz", "POST,/favicon.svg"})
    void namesTheMethodsOfAPath(String method, String target) throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(server.uri(target))
                        .method(method, BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void namesNoMethodsOfAPathThatDoesNotExist() throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(server.uri("/nothing"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(404);
    }

    @Test
    void servesNoClientIfItIsSwitchedOff() throws Exception {
        PagesConfig config =
                new PagesConfig(false, "", true, List.of("'self'"), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        try (TestingHttpServer bare = TestingHttpServer.start(config, TestingHttpServer.READY)) {
            assertThat(get(bare, "/").statusCode()).isEqualTo(200);
            assertThat(get(bare, "/").body()).startsWith("This is a Watch Party server.");
            assertThat(get(bare, "/index.html").statusCode()).isEqualTo(404);
            assertThat(get(bare, SCRIPT_PATH).statusCode()).isEqualTo(404);
            assertThat(get(bare, "/healthz").body()).isEqualTo("ok\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/socket.io.js, application/javascript; charset=utf-8, io",
        "/socket.io/socket.io.js?t=1, application/javascript; charset=utf-8, io",
        "/socket.io/socket.io.js.map, application/json; charset=utf-8, {}",
    })
    void servesTheLibraryAsTheNodeServerDoes(String target, String type, String content) throws Exception {
        HttpResponse<String> response = get(target);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        assertThat(header(response, "content-type")).isEqualTo(type);
        assertThat(header(response, "cache-control")).isEqualTo("public, max-age=0");
        assertThat(header(response, "access-control-allow-origin")).isEqualTo("*");
        assertThat(get(target, "If-None-Match", header(response, "etag")).statusCode())
                .isEqualTo(304);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/socket.io/other.js", "/socket.io/socket.io.mjs", "/socket.io/", "/socket.io/socket.io.js/"})
    void leavesOtherPathsBelowItsOwnToSocketIo(String target) throws Exception {
        assertThat(get(target).body()).contains("Transport unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "/party/, 200",
        "/party/?room=x, 200",
        "/party/index.html, 200",
        "/party/favicon.svg, 200",
        "/party/healthz, 200",
        "/party/readyz, 200",
        "/healthz, 200",
        "/readyz, 200",
        "/party, 307",
        "/, 404",
        "/index.html, 404",
        "/favicon.svg, 404",
        "/partyx/, 404",
        "/party/party/, 404",
    })
    void servesAllBelowTheBasePathAndHealthAtTheRootToo(String target, int status) throws Exception {
        try (TestingHttpServer below = TestingHttpServer.start(BELOW_PARTY, TestingHttpServer.READY)) {
            assertThat(get(below, target).statusCode()).isEqualTo(status);
        }
    }

    @Test
    void cachesAssetsBelowTheBasePathForAYear() throws Exception {
        try (TestingHttpServer below = TestingHttpServer.start(BELOW_PARTY, TestingHttpServer.READY)) {
            assertThat(header(get(below, "/party" + SCRIPT_PATH), "cache-control"))
                    .contains("immutable");
        }
    }

    @ParameterizedTest
    @CsvSource({"/a/party, party/", "/a/party?room=x&y=/z, party/?room=x&y=/z", "http://other/a/party?b, party/?b"})
    void redirectsFromTheBasePathToItsFolderByARelativeUrl(String target, String location) throws Exception {
        PagesConfig config =
                new PagesConfig(true, "/a/party", true, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        try (TestingHttpServer below = TestingHttpServer.start(config, TestingHttpServer.READY);
                TestingHttpConnection connection = below.connect()) {
            var response = connection
                    .send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                    .readResponse();

            assertThat(response.status()).isEqualTo(307);
            assertThat(response.header("location")).isEqualTo(location);
            assertThat(response.header("cache-control")).isEqualTo("no-store");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', /nothing, ./",
        "'', /no/thing, ./../",
        "/party, /party/nothing, ./../party/",
        "/party, /party/no/thing, ./../../party/",
        "/party, /nothing, ./party/",
    })
    void linksToThePageFromNotFoundByARelativeUrl(String base, String target, String home) throws Exception {
        PagesConfig config =
                new PagesConfig(true, base, true, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1));
        try (TestingHttpServer below = TestingHttpServer.start(config, TestingHttpServer.READY)) {
            HttpRequest request = HttpRequest.newBuilder(below.uri(target))
                    .header("Accept", "text/html")
                    .build();

            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .contains("<a href=\"" + home + "\">Go to Watch Party</a>");
        }
    }

    private HttpResponse<String> get(String target, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(target));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(TestingHttpServer other, String target) throws Exception {
        return client.send(HttpRequest.newBuilder(other.uri(target)).build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
