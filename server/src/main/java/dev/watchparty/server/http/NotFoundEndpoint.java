package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * 404: a page for a client that asks for HTML by name, a line of text for every other client. The page links to the web
 * client by a relative URL, which is also right behind a proxy that adds a path before ours.
 */
final class NotFoundEndpoint implements Endpoint {
    private static final String STYLE_START = "<style>";
    private static final String STYLE_END = "</style>";
    private static final String HOME = "href=\"/\"";
    private static final String TITLE = "There is nothing here";
    private static final String EXPLANATION = "The address may be mistyped, or the page has moved.";

    private final PageSecurity security;
    private final String html;
    private final String line;
    private final String styleHash;
    private final String homeFromRoot;

    private NotFoundEndpoint(PageSecurity security, String basePath, String title, String explanation, String line) {
        this.security = requireNonNull(security, "security is null");
        this.homeFromRoot = basePath.isEmpty() ? "" : basePath.substring(1) + "/";
        this.html = read("not-found.html").replace(TITLE, title).replace(EXPLANATION, explanation);
        this.line = line;
        this.styleHash =
                hash(html.substring(html.indexOf(STYLE_START) + STYLE_START.length(), html.indexOf(STYLE_END)));
    }

    /**
     * For paths that lead nowhere.
     *
     * @param basePath of the web client, without a slash at its end
     */
    static NotFoundEndpoint ofPaths(PageSecurity security, String basePath) {
        return new NotFoundEndpoint(security, basePath, TITLE, EXPLANATION, "Not found");
    }

    /**
     * For links to rooms that cannot exist.
     *
     * @param basePath of the web client, without a slash at its end
     */
    static NotFoundEndpoint ofRooms(PageSecurity security, String basePath) {
        return new NotFoundEndpoint(
                security,
                basePath,
                "No room can have this name",
                "The link may be mistyped, or cut off. A name has letters, digits and hyphens.",
                "Not found: no room can have this name");
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        FullHttpResponse response = wantsPage(request)
                ? page(RequestPath.of(request.uri()))
                : Responses.text(HttpResponseStatus.NOT_FOUND, line);
        response.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
        return CompletableFuture.completedStage(response);
    }

    private static boolean wantsPage(HttpRequest request) {
        return QualityValues.parse(request.headers().getAll(HttpHeaderNames.ACCEPT))
                        .of("text/html")
                        .orElse(0)
                > 0;
    }

    private FullHttpResponse page(String path) {
        String page = html.replace(HOME, "href=\"" + homeFrom(path) + '"');
        FullHttpResponse response = Responses.of(
                HttpResponseStatus.NOT_FOUND,
                "text/html; charset=utf-8",
                Unpooled.copiedBuffer(page, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        security.addToErrorPage(response.headers(), styleHash);
        return response;
    }

    private String homeFrom(String path) {
        long folders = path.chars().filter(character -> character == '/').count() - 1;
        return "./" + "../".repeat((int) Math.max(folders, 0)) + homeFromRoot;
    }

    private static String read(String resource) {
        try {
            return Resources.toString(Resources.getResource(NotFoundEndpoint.class, resource), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }

    private static String hash(String style) {
        byte[] hash = Hashing.sha256().hashString(style, StandardCharsets.UTF_8).asBytes();
        return "sha256-" + Base64.getEncoder().encodeToString(hash);
    }
}
