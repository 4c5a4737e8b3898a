package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/** Serves one file: in the coding that the client prefers, and only if the client does not have it already. */
final class StaticFileEndpoint implements Endpoint {
    private static final String ONE_YEAR_UNASKED = "public, max-age=31536000, immutable";
    private static final String ASK_EVERY_TIME = "no-cache";

    /** The value that the Node server sends for the library's files. */
    private static final String ASK_AS_NODE = "public, max-age=0";

    private final StaticFile file;
    private final String contentType;
    private final List<ContentCoding> codings;
    private final String cacheControl;
    private final BiConsumer<HttpHeaders, HttpHeaders> addHeaders;

    /** @param addHeaders receives the headers of the request, and adds headers to those of its answer */
    private StaticFileEndpoint(
            StaticFile file, String contentType, String cacheControl, BiConsumer<HttpHeaders, HttpHeaders> addHeaders) {
        this.file = requireNonNull(file, "file is null");
        this.contentType = contentType;
        this.codings = file.codings();
        this.cacheControl = cacheControl;
        this.addHeaders = addHeaders;
    }

    /** A file of the web client. */
    static StaticFileEndpoint ofPage(StaticFile file, PageSecurity security) {
        requireNonNull(security, "security is null");
        return new StaticFileEndpoint(
                file, file.contentType(), file.isImmutable() ? ONE_YEAR_UNASKED : ASK_EVERY_TIME, (request, answer) -> {
                    if (file.isPage()) {
                        security.addToPage(answer, request.get(HttpHeaderNames.HOST));
                    }
                });
    }

    /** A file of the library, which any page may load, as a module too. It has the headers of the Node server. */
    static StaticFileEndpoint ofLibrary(StaticFile file) {
        String type = file.path().endsWith(".map") ? "application/json" : "application/javascript";
        return new StaticFileEndpoint(
                file,
                type + "; charset=utf-8",
                ASK_AS_NODE,
                (request, answer) -> answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        HttpHeaders asked = request.headers();
        ContentCoding coding = ContentCoding.preferred(asked.getAll(HttpHeaderNames.ACCEPT_ENCODING), codings);
        StaticFile.Content content = file.contents().get(coding);

        FullHttpResponse response = content.tag().isIn(asked.getAll(HttpHeaderNames.IF_NONE_MATCH))
                ? Responses.notModified()
                : withContent(coding, content);
        response.headers()
                .set(HttpHeaderNames.ETAG, content.tag().value())
                .set(HttpHeaderNames.CACHE_CONTROL, cacheControl)
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
        addHeaders.accept(asked, response.headers());
        return CompletableFuture.completedStage(response);
    }

    private FullHttpResponse withContent(ContentCoding coding, StaticFile.Content content) {
        FullHttpResponse response =
                Responses.of(HttpResponseStatus.OK, contentType, content.bytes().duplicate());
        if (coding != ContentCoding.IDENTITY) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, coding.token());
        }
        return response;
    }
}
