package dev.watchparty.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;

/**
 * What a request says of its answer, which may be given when the request itself has gone.
 *
 * @param head whether the answer goes without its content (RFC 9110, section 9.3.2)
 * @param keepAlive whether the connection stays (RFC 9112, section 9.3)
 * @param persistentByDefault whether it would without a word
 */
record Exchange(boolean head, boolean keepAlive, boolean persistentByDefault) {
    static Exchange of(HttpRequest request) {
        return new Exchange(
                request.method().equals(HttpMethod.HEAD),
                HttpUtil.isKeepAlive(request),
                request.protocolVersion().isKeepAliveDefault());
    }

    /** Writes the answer, from any thread. */
    void answer(ChannelHandlerContext ctx, FullHttpResponse response) {
        setConnection(response.headers());
        var written = ctx.writeAndFlush(head ? withoutContent(response) : response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void setConnection(HttpHeaders headers) {
        if (!keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (!persistentByDefault) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    /** Keeps the length that a GET would get. */
    private static FullHttpResponse withoutContent(FullHttpResponse response) {
        FullHttpResponse headersOnly = response.replace(Unpooled.EMPTY_BUFFER);
        ReferenceCountUtil.release(response);
        return headersOnly;
    }
}
