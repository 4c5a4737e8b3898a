package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Consumer;

/** One HTTP request under the Socket.IO path. It is answered once, by any thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class HttpExchange {
    private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
    private static final DateTimeFormatter DATE = // RFC 9110 section 5.6.7
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
                    .withZone(ZoneOffset.UTC);
    private static final String POLL_TYPE = "text/plain; charset=UTF-8";
    private static final String OK_TYPE = "text/html"; // as the reference server: no browser offers it as a download

    private final ChannelHandlerContext ctx;
    private final Cors.Decision cors;
    private boolean keepAlive;
    private final long idleSeconds;

    /** @param idle how long the connection may wait for its next request */
    HttpExchange(ChannelHandlerContext ctx, Cors cors, Duration idle, HttpRequest request) {
        this.ctx = ctx;
        this.cors = cors.decide(request.headers(), HostCheck.isSecure(ctx.channel()));
        this.idleSeconds = idle.toSeconds();
        this.keepAlive = HttpUtil.isKeepAlive(request);
    }

    Cors.Decision cors() {
        return cors;
    }

    Channel channel() {
        return ctx.channel();
    }

    /** The answer, which has not been given yet, is the last one on its connection. */
    void endConnection() {
        keepAlive = false;
    }

    /** @param payload UTF-8; released when it is written */
    void answerPoll(ByteBuf payload) {
        answer(HttpResponseStatus.OK, POLL_TYPE, payload);
    }

    void answerPoll(String payload) {
        answerPoll(text(payload));
    }

    /** @param error null if the payload was accepted */
    void answerPayload(EngineError error) {
        if (error == null) {
            answer(HttpResponseStatus.OK, OK_TYPE, text("ok"));
        } else {
            answer(error);
        }
    }

    void answer(EngineError error) {
        error.count();
        answer(error.status(), "application/json", text(error.body()));
    }

    /** Refuses a WebSocket of another version: RFC 6455 section 4.4. */
    void answerWebSocketVersion(String version) {
        write(
                HttpResponseStatus.UPGRADE_REQUIRED,
                Unpooled.EMPTY_BUFFER,
                headers -> headers.set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, version));
    }

    /** Answers a browser that asks whether it may send a request. */
    void answerPreflight(HttpHeaders request) {
        write(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER, headers -> Cors.addPreflightTo(headers, request));
    }

    private ByteBuf text(String text) {
        return ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(text), UTF_8);
    }

    private void answer(HttpResponseStatus status, String contentType, ByteBuf body) {
        write(status, body, headers -> headers.set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE));
    }

    private void write(HttpResponseStatus status, ByteBuf body, Consumer<HttpHeaders> addHeaders) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        HttpHeaders headers = response.headers();
        addHeaders.accept(headers);
        headers.set(HttpHeaderNames.DATE, DATE.format(Instant.now()));
        headers.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        cors.addTo(headers);
        HttpUtil.setKeepAlive(headers, HttpVersion.HTTP_1_1, keepAlive);
        if (keepAlive) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
            headers.set(KEEP_ALIVE, "timeout=" + idleSeconds);
            ctx.writeAndFlush(response, ctx.voidPromise());
        } else {
            ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }
}
