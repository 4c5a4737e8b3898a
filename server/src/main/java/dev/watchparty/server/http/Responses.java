package dev.watchparty.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Makes responses with the headers that each must have: a length, and a type if there is content. */
final class Responses {
    private Responses() {}

    /** A line of plain text that no cache keeps. */
    static FullHttpResponse text(HttpResponseStatus status, String line) {
        ByteBuf content = Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8);
        FullHttpResponse response = of(status, "text/plain; charset=utf-8", content);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return response;
    }

    static FullHttpResponse of(HttpResponseStatus status, String contentType, ByteBuf content) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, content);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
        return response;
    }

    /** The answer for a client that already has the content; it has neither a type nor a length of its own. */
    static FullHttpResponse notModified() {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.NOT_MODIFIED, Unpooled.EMPTY_BUFFER);
    }
}
