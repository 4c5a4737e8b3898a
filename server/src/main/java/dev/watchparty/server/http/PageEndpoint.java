package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Serves the page itself. Only its {@link LinkPreview} depends on the room and the host; it replaces the mark in the
 * built page.
 */
final class PageEndpoint implements Endpoint {
    private static final String MARK = "<!--link-preview-->";

    /** The start of a link to a file beside the page, as the build writes it. */
    private static final Pattern OWN_LINK = Pattern.compile("(\\s(?:src|href)=\")\\./");

    private static final List<ContentCoding> CODINGS = List.of(ContentCoding.GZIP, ContentCoding.IDENTITY);

    private final String beforePreview;
    private final String afterPreview;
    private final PageSecurity security;
    private final String basePath;

    private PageEndpoint(String html, int mark, PageSecurity security, String basePath) {
        this.beforePreview = html.substring(0, mark);
        this.afterPreview = html.substring(mark + MARK.length());
        this.security = requireNonNull(security, "security is null");
        this.basePath = requireNonNull(basePath, "basePath is null");
    }

    /** Serves a page; a page without the mark is served unchanged. */
    static Endpoint of(StaticFile file, PageSecurity security, String basePath) {
        String html = file.contents().get(ContentCoding.IDENTITY).bytes().toString(StandardCharsets.UTF_8);
        int mark = html.indexOf(MARK);
        return mark < 0 ? StaticFileEndpoint.ofPage(file, security) : new PageEndpoint(html, mark, security, basePath);
    }

    /** Serves the same page below {@code /r/}: its links lead to the files beside the page, one folder up. */
    static Endpoint ofRooms(StaticFile file, PageSecurity security, String basePath) {
        String html = file.contents().get(ContentCoding.IDENTITY).bytes().toString(StandardCharsets.UTF_8);
        String oneFolderUp = OWN_LINK.matcher(html).replaceAll("$1../");
        StaticFile page = StaticFile.of(
                file.path(), Map.of(ContentCoding.IDENTITY, oneFolderUp.getBytes(StandardCharsets.UTF_8)));
        return of(page, security, basePath);
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        HttpHeaders asked = request.headers();
        ContentCoding coding = ContentCoding.preferred(asked.getAll(HttpHeaderNames.ACCEPT_ENCODING), CODINGS);
        byte[] html = (beforePreview + LinkPreview.of(request, basePath).html() + afterPreview)
                .getBytes(StandardCharsets.UTF_8);
        byte[] content = coding == ContentCoding.GZIP ? gzip(html) : html;
        EntityTag tag = EntityTag.of(content);

        FullHttpResponse response = tag.isIn(asked.getAll(HttpHeaderNames.IF_NONE_MATCH))
                ? Responses.notModified()
                : Responses.of(HttpResponseStatus.OK, MediaTypes.of(".html"), Unpooled.wrappedBuffer(content));
        if (coding != ContentCoding.IDENTITY && response.status().equals(HttpResponseStatus.OK)) {
            response.headers().set(HttpHeaderNames.CONTENT_ENCODING, coding.token());
        }
        response.headers()
                .set(HttpHeaderNames.ETAG, tag.value())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-cache")
                .set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING + ", " + LinkPreview.FORWARDED_PROTO);
        security.addToPage(response.headers(), asked.get(HttpHeaderNames.HOST));
        return CompletableFuture.completedStage(response);
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(plain.length);
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return packed.toByteArray();
    }
}
