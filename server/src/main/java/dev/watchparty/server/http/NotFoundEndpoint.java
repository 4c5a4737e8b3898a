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

/** 404: a page for who asks for one by name, a line of text for everybody else. */
final class NotFoundEndpoint implements Endpoint {
    private static final String STYLE_START = "<style>";
    private static final String STYLE_END = "</style>";

    private final PageSecurity security;
    private final byte[] page;
    private final String styleHash;

    NotFoundEndpoint(PageSecurity security) {
        this.security = requireNonNull(security, "security is null");
        String html = read("not-found.html");
        this.page = html.getBytes(StandardCharsets.UTF_8);
        this.styleHash =
                hash(html.substring(html.indexOf(STYLE_START) + STYLE_START.length(), html.indexOf(STYLE_END)));
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        FullHttpResponse response =
                wantsPage(request) ? page() : Responses.text(HttpResponseStatus.NOT_FOUND, "Not found");
        response.headers().set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
        return CompletableFuture.completedStage(response);
    }

    private static boolean wantsPage(HttpRequest request) {
        return QualityValues.parse(request.headers().getAll(HttpHeaderNames.ACCEPT))
                        .of("text/html")
                        .orElse(0)
                > 0;
    }

    private FullHttpResponse page() {
        FullHttpResponse response =
                Responses.of(HttpResponseStatus.NOT_FOUND, "text/html; charset=utf-8", Unpooled.wrappedBuffer(page));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        security.addToErrorPage(response.headers(), styleHash);
        return response;
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
