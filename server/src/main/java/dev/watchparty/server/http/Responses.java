package dev.watchparty.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.watchparty.protocol.HttpError;
import dev.watchparty.protocol.HttpErrorBody;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.WireJson;
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
    private static final ObjectWriter JSON = WireJson.newMapper().writer();

    private Responses() {}

    /** A line of plain text that no cache keeps. */
    static FullHttpResponse text(HttpResponseStatus status, String line) {
        ByteBuf content = Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8);
        FullHttpResponse response = of(status, "text/plain; charset=utf-8", content);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return response;
    }

    /** A record as JSON that no cache keeps. */
    static FullHttpResponse json(HttpResponseStatus status, Object body) {
        FullHttpResponse response = of(status, "application/json", Unpooled.wrappedBuffer(bytes(body)));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        return response;
    }

    /** @param message for people; holds no text of the sender */
    static FullHttpResponse error(HttpResponseStatus status, RequestErrorCode code, String message) {
        return json(status, new HttpErrorBody(new HttpError(code, message)));
    }

    private static byte[] bytes(Object body) {
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON can be made of " + body.getClass(), e);
        }
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
