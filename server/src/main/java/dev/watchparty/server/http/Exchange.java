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
 * The parts of a request that its answer depends on. The answer may be given after the request itself has been
 * released.
 *
 * @param head whether the answer is sent without its content (RFC 9110, section 9.3.2)
 * @param keepAlive whether the connection stays open (RFC 9112, section 9.3)
 * @param persistentByDefault whether it would stay open without a header
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

    /** Keeps the length that the answer to a GET would have. */
    private static FullHttpResponse withoutContent(FullHttpResponse response) {
        FullHttpResponse headersOnly = response.replace(Unpooled.EMPTY_BUFFER);
        ReferenceCountUtil.release(response);
        return headersOnly;
    }
}
