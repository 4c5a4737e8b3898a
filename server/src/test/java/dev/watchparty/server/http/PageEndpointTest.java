package dev.watchparty.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageEndpointTest {
    private static final String PAGE = "<head><!--link-preview--></head>";
    private static final PageSecurity SECURITY = new PageSecurity(
            new PagesConfig(true, "", false, List.of(), List.of(), Duration.ZERO, Duration.ofSeconds(1)));

    @ParameterizedTest
    @CsvSource({
        "/?room=film-night, '',      http,  http://watch.example.com/?room=film-night",
        "/?room=film-night, '',      https, https://watch.example.com/?room=film-night",
        "/?room=film-night, /party,  https, https://watch.example.com/party/?room=film-night",
        "/?open,            '',      https, https://watch.example.com/",
        "/,                 '',      ftp,   http://watch.example.com/",
    })
    void namesItsRoomByAnAbsoluteUrl(String uri, String basePath, String scheme, String address) {
        String html = answer(request(uri, "Host", "watch.example.com", "X-Forwarded-Proto", scheme), basePath);

        assertThat(html).contains("<meta property=\"og:url\" content=\"" + address + "\" />");
        assertThat(html)
                .contains("<meta property=\"og:image\" content=\"" + address.replaceAll("\\?.*", "")
                        + "link-preview.png\" />");
        assertThat(html.contains("in film-night\"")).isEqualTo(uri.contains("film-night"));
        assertThat(html.contains("noindex")).isEqualTo(uri.contains("film-night"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?room=%22%3E%3Cscript%3E",
                "/?room=%3Cb%3E",
                "/?room=%",
                "/?room=%zz",
                "/?room=&room=%22",
                "/?room=a%22b"
            })
    void writesNoInvalidRoom(String uri) {
        String html = answer(request(uri, "Host", "watch.example.com"), "");

        assertThat(html).doesNotContain("<script", "<b>", "room=", "a\"b");
        assertThat(html).contains("content=\"Watch Party: press play together\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "<b>", "a b", "evil.example/x", "user@evil.example"})
    void writesNoInvalidHost(String host) {
        assertThat(answer(request("/", "Host", host), "")).doesNotContain(host, "og:image", "og:url");
    }

    @Test
    void sameRoomHasTheSameTagAndOtherRoomsHaveOthers() {
        String tag = tagOf(request("/?room=a", "Host", "h"));

        assertThat(tagOf(request("/?room=a", "Host", "h"))).isEqualTo(tag);
        assertThat(tagOf(request("/?room=b", "Host", "h"))).isNotEqualTo(tag);
        assertThat(tagOf(request("/?room=a", "Host", "h", "Accept-Encoding", "gzip")))
                .isNotEqualTo(tag);
        FullHttpResponse again = respond(request("/?room=a", "Host", "h", "If-None-Match", tag), "");
        assertThat(again.status().code()).isEqualTo(304);
        assertThat(again.content().isReadable()).isFalse();
    }

    private static String tagOf(HttpRequest request) {
        return respond(request, "").headers().get("etag");
    }

    private static String answer(HttpRequest request, String basePath) {
        return respond(request, basePath).content().toString(StandardCharsets.UTF_8);
    }

    private static FullHttpResponse respond(HttpRequest request, String basePath) {
        StaticFile page = StaticFile.of(
                ClientFiles.INDEX_PATH, Map.of(ContentCoding.IDENTITY, PAGE.getBytes(StandardCharsets.UTF_8)));
        return PageEndpoint.of(page, SECURITY, basePath)
                .answer(request)
                .toCompletableFuture()
                .join();
    }

    private static HttpRequest request(String uri, String... headers) {
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, uri);
        for (int i = 0; i < headers.length; i += 2) {
            request.headers().set(headers[i], headers[i + 1]);
        }
        return request;
    }
}
