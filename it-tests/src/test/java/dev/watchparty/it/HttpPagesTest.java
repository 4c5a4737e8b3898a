package dev.watchparty.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.watchparty.it.testing.RawResponse;
import dev.watchparty.it.testing.TestingParty;
import dev.watchparty.it.testing.TestingRawClient;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page and the health endpoints, beside Socket.IO on the same port. */
class HttpPagesTest {
    private static final Pattern SCRIPT = Pattern.compile("src=\"\\.(/assets/[^\"]+\\.js)\"");

    @RegisterExtension
    final TestingParty party = new TestingParty();

    @Test
    void pageIsServedAndRevalidatedEachTime() {
        RawResponse page = TestingRawClient.get(party.server(), "/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.header("cache-control")).contains("no-cache");
        assertThat(page.body()).containsIgnoringCase("<!doctype html>");
    }

    @Test
    void linkToARoomNamesItToChatApps() {
        String room = TestingRawClient.get(party.server(), "/?room=film-night").body();

        assertThat(room)
                .containsPattern("<meta property=\"og:url\" content=\"http://[^\"/]+/\\?room=film-night\" />")
                .containsPattern("<meta property=\"og:image\" content=\"http://[^\"/]+/link-preview.png\" />")
                .contains("content=\"Join the watch party in film-night\"")
                .contains("content=\"noindex\"");
        assertThat(TestingRawClient.get(party.server(), "/").body()).doesNotContain("film-night", "noindex");
    }

    @ParameterizedTest
    @CsvSource({
        "/manifest.webmanifest, application/manifest+json",
        "/link-preview.png, image/png",
        "/icon-192.png, image/png",
        "/icon-512.png, image/png",
        "/icon-maskable-512.png, image/png",
        "/apple-touch-icon.png, image/png",
        "/favicon.svg, image/svg+xml",
    })
    void pictureAndManifestAreServed(String path, String type) {
        RawResponse answer = TestingRawClient.get(party.server(), path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo(type);
    }

    @Test
    void scriptOfThePageMayBeCachedForEver() {
        Matcher script =
                SCRIPT.matcher(TestingRawClient.get(party.server(), "/").body());
        assertThat(script.find()).isTrue();

        RawResponse answer = TestingRawClient.get(party.server(), script.group(1));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).startsWith("text/javascript");
        assertThat(answer.header("cache-control")).contains("immutable");
    }

    @Test
    void pageAllowsOnlyYouTubeToRunScripts() {
        String policy = TestingRawClient.get(party.server(), "/").header("content-security-policy");

        assertThat(policy).contains("https://www.youtube.com").doesNotContain("unsafe-eval");
        assertThat(policy.replaceAll("style-src[^;]*", "")).doesNotContain("unsafe-inline");
    }

    @Test
    void unchangedPageIsNotSentAgain() {
        String tag = TestingRawClient.get(party.server(), "/").header("etag");

        RawResponse again = TestingRawClient.exchange(party.server(), "GET", "/", Map.of("If-None-Match", tag), "");

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void headIsAnsweredWithoutABody() {
        try (TestingRawClient client = new TestingRawClient(party.server())) {
            client.sendRequest("HEAD", "/", Map.of("Connection", "close"), "");
            RawResponse answer = client.readHead();

            assertThat(answer.status()).isEqualTo(200);
            client.awaitClosed();
        }
    }

    @Test
    void serverOfSocketIoAloneHasNoPage() {
        party.start(Map.of("watchparty.pages.enabled", false));

        assertThat(TestingRawClient.get(party.server(), "/").body()).doesNotContainIgnoringCase("<!doctype html>");
        assertThat(TestingRawClient.get(party.server(), "/healthz").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/readyz"})
    void healthIsAnsweredAndNotCached(String path) {
        RawResponse answer = TestingRawClient.get(party.server(), path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/no-such-page",
                "/assets/no-such-script.js",
                "/../../etc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/assets/..%2f..%2fapplication.conf",
                "/assets/%5c..%5c..%5capplication.conf",
                "/%00",
                "/%zz",
                "//evil.example/",
                "/client/index.html",
                "/META-INF/MANIFEST.MF",
                "/dev/watchparty/server/WatchPartyServer.class",
            })
    void otherPathsAreNotFound(String path) {
        RawResponse answer = TestingRawClient.get(party.server(), path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("root:", "watchparty {", "Manifest-Version");
        assertThat(answer.header("location")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void pageCannotBeWrittenTo(String method) {
        assertThat(TestingRawClient.exchange(party.server(), method, "/", Map.of(), "x")
                        .status())
                .isEqualTo(405);
    }
}
