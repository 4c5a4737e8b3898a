package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.watchparty.server.engineio.TransportConfig.Compression;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns an HTTP connection into a WebSocket: RFC 6455 section 4.2.
 *
 * <p>Netty's own handshaker sends its answer alone, and changes the handlers after it has left. Here the first packet
 * of a new session leaves with the answer: one system call less for each client, and one read less on its side.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class WebSocketUpgrade {
    private static final String VERSION = "13";

    /** Sixteen bytes in base64: section 4.2.1. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{22}==");

    /** A subprotocol's name: RFC 9110, section 5.6.2. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Splitter SUBPROTOCOLS = Splitter.on(',').trimResults(CharMatcher.anyOf(" \t"));

    /** The text that is hashed with the key: section 1.3. */
    private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final int maxPayload;
    private final Optional<Compression> compression;
    private final WebSocketDecoderConfig decoding;

    WebSocketUpgrade(TransportConfig config) {
        this.maxPayload = config.limits().maxPayload();
        this.compression = config.compression();
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(maxPayload)
                .allowExtensions(compression.isPresent())
                .build();
    }

    /**
     * Answers the handshake and replaces the HTTP handlers by those of a WebSocket. Called on the event loop.
     *
     * @param sessionOf returns the session of the WebSocket, and notifies that session
     * @return false if no WebSocket was opened; the client, if it is still connected, has been answered
     */
    boolean upgrade(
            ChannelHandlerContext ctx,
            HttpExchange exchange,
            FullHttpRequest request,
            Function<WebSocketTransport, EngineSession> sessionOf) {
        HttpHeaders headers = request.headers();
        if (!ctx.channel().isActive()) {
            return false;
        }
        if (!VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            exchange.answerWebSocketVersion(VERSION);
            return false;
        }
        String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        if (key == null
                || !KEY.matcher(key).matches()
                || !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
            exchange.answer(EngineError.BAD_REQUEST);
            return false;
        }
        List<String> offered = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
        if (!offered.isEmpty() && !areSubprotocols(offered)) {
            exchange.answer(EngineError.BAD_REQUEST);
            return false;
        }
        FullHttpResponse answer = answer(key, offered, exchange.cors());
        ctx.write(answer);
        WebSocketHandler webSocket = new WebSocketHandler(sessionOf, compressionThreshold(answer));
        replaceHandlers(ctx.pipeline(), ctx, webSocket);
        webSocket.flush();
        return true;
    }

    /**
     * Whether a client offers valid names, none of them twice: section 4.1, and the answer of {@code ws} on Node to
     * others.
     */
    private static boolean areSubprotocols(List<String> offered) {
        List<String> names = SUBPROTOCOLS.splitToList(String.join(",", offered));
        return names.stream().allMatch(name -> TOKEN.matcher(name).matches())
                && new HashSet<>(names).size() == names.size();
    }

    private FullHttpResponse answer(String key, List<String> subprotocols, Cors.Decision cors) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        HttpHeaders headers = answer.headers();
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key));
        if (!subprotocols.isEmpty()) { // a client that offers some gives up if none is chosen; ws chooses the first
            String first = SUBPROTOCOLS.split(subprotocols.get(0)).iterator().next();
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, first);
        }
        cors.addTo(headers);
        return answer;
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + KEY_SUFFIX).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** Empty if the client does not inflate. */
    private OptionalInt compressionThreshold(FullHttpResponse answer) {
        return WebSocketCompression.isNegotiated(answer)
                ? OptionalInt.of(compression.orElseThrow().threshold())
                : OptionalInt.empty();
    }

    private void replaceHandlers(ChannelPipeline pipeline, ChannelHandlerContext engine, WebSocketHandler webSocket) {
        String http = pipeline.context(HttpServerCodec.class).name();
        pipeline.addBefore(http, null, new WebSocket13FrameEncoder(false)); // the codec would read frames as bodies
        pipeline.addAfter(http, null, new WebSocket13FrameDecoder(decoding));
        pipeline.remove(HttpGuard.class);
        pipeline.remove(HttpObjectAggregator.class);
        pipeline.remove(ServerPipeline.PAGES);
        pipeline.addLast(new Utf8FrameValidator(false));
        pipeline.addLast(new WebSocketFrameAggregator(maxPayload));
        pipeline.addLast(webSocket);
        pipeline.remove(engine.name());
        QueuedOutput.Meter meter = pipeline.get(QueuedOutput.Meter.class);
        if (meter != null) {
            meter.onWebSocket();
        }
        pipeline.remove(http); // last: it hands on the bytes that came right after the request
    }
}
