package dev.watchparty.server.engineio;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtension;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandshaker;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.Deflater;

/**
 * permessage-deflate: RFC 7692.
 *
 * <p>INVARIANT: no message reuses the compression context of an earlier one, in either direction. So a message is
 * compressed once for all its receivers, and a quiet connection holds no window.
 */
final class WebSocketCompression {
    private static final int LEVEL = 6;
    private static final int WINDOW_BITS = 15;
    private static final int TAIL = 4; // 00 00 ff ff, which section 7.2.1 omits
    private static final int BUFFER = 8192;

    private static final FastThreadLocal<Deflater> DEFLATER = new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
            return new Deflater(LEVEL, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
            deflater.end();
        }
    };

    private WebSocketCompression() {}

    /**
     * Makes the handler that negotiates the extension and adds the inflating handlers to the pipeline.
     *
     * @param maxLength of an inflated message, bytes: a client cannot exceed it, however little it sends
     */
    static ChannelHandler newNegotiator(int maxLength) {
        WebSocketServerExtensionHandshaker handshaker =
                new PerMessageDeflateServerExtensionHandshaker(LEVEL, false, WINDOW_BITS, true, true, maxLength);
        return new Negotiator(offer -> handshakeWithoutContext(handshaker, offer));
    }

    /**
     * Netty's negotiator throws at an offer that it cannot read, but RFC 6455 section 9.1 requires that such a
     * handshake be refused.
     */
    private static final class Negotiator extends WebSocketServerExtensionHandler {
        Negotiator(WebSocketServerExtensionHandshaker handshaker) {
            super(handshaker);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
            try {
                super.channelRead(ctx, message);
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                // The request has not been handed on: the failure of a later handler is reported to that handler.
                if (!(message instanceof HttpRequest request)) {
                    throw e;
                }
                request.setDecoderResult(DecoderResult.failure(e));
                ctx.fireChannelRead(request);
            }
        }
    }

    /** A server may require this for any offer: sections 7.1.1.1 and 7.1.1.2. */
    private static WebSocketServerExtension handshakeWithoutContext(
            WebSocketServerExtensionHandshaker handshaker, WebSocketExtensionData offer) {
        Map<String, String> parameters = new HashMap<>(offer.parameters());
        parameters.put("server_no_context_takeover", null);
        parameters.put("client_no_context_takeover", null);
        return handshaker.handshakeExtension(new WebSocketExtensionData(offer.name(), parameters));
    }

    /**
     * Whether the client of a WebSocket inflates.
     *
     * @param answer to its handshake, as it was written
     */
    static boolean isNegotiated(HttpMessage answer) {
        return answer.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS);
    }

    /** Appends a payload, compressed as section 7.2.1 requires. */
    static void deflate(ByteBuf payload, ByteBuf out) {
        Deflater deflater = DEFLATER.get();
        deflater.reset();
        deflater.setInput(payload.nioBuffer());
        byte[] buffer = new byte[Math.min(BUFFER, payload.readableBytes() + TAIL)];
        int length;
        do {
            length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            out.writeBytes(buffer, 0, length);
        } while (length == buffer.length);
        out.writerIndex(out.writerIndex() - TAIL);
    }
}
