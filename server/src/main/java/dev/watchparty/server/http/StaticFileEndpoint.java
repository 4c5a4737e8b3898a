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

/** Serves one file: in the coding that the client likes best, and only if it has not got it already. */
final class StaticFileEndpoint implements Endpoint {
    private static final String ONE_YEAR_UNASKED = "public, max-age=31536000, immutable";
    private static final String ASK_EVERY_TIME = "no-cache";

    private final StaticFile file;
    private final PageSecurity security;
    private final String contentType;
    private final List<ContentCoding> codings;
    private final String cacheControl;

    StaticFileEndpoint(StaticFile file, PageSecurity security) {
        this.file = requireNonNull(file, "file is null");
        this.security = requireNonNull(security, "security is null");
        this.contentType = file.contentType();
        this.codings = file.codings();
        this.cacheControl = file.isImmutable() ? ONE_YEAR_UNASKED : ASK_EVERY_TIME;
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
        if (file.isPage()) {
            security.addToPage(response.headers(), asked.get(HttpHeaderNames.HOST));
        }
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
