package dev.watchparty.server.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection that wait for their answers. Guarantees that answers are written in the order of the
 * requests, whatever the order in which they become known (RFC 9112, section 9.3.2).
 */
final class ResponseQueue {
    /** The most requests whose answers are not yet written to the socket; a connection that passes it is closed. */
    static final int MAX_UNWRITTEN = 128;

    private static final Logger log = LoggerFactory.getLogger(ResponseQueue.class);
    private static final AttributeKey<ResponseQueue> KEY = AttributeKey.valueOf(ResponseQueue.class, "responses");

    // INVARIANT: all fields are touched on the channel's event loop alone.
    private final Queue<Exchange> waiting = new ArrayDeque<>();
    private int unwritten;
    private boolean closing;

    private ResponseQueue() {}

    /** The queue of a connection; called on its event loop. */
    static ResponseQueue of(Channel channel) {
        Attribute<ResponseQueue> attribute = channel.attr(KEY);
        ResponseQueue queue = attribute.get();
        if (queue == null) {
            queue = new ResponseQueue();
            attribute.set(queue);
        }
        return queue;
    }

    /**
     * Takes the place for the answer to a request. Empty if it gets none: it came after one that asked for the end of the
     * connection, or the client sends requests without reading the answers. Called on the event loop.
     */
    Optional<Exchange> accept(ChannelHandlerContext ctx, HttpRequest request) {
        if (closing) {
            return Optional.empty();
        }
        if (unwritten == MAX_UNWRITTEN) {
            closing = true;
            log.atDebug().addKeyValue("limit", MAX_UNWRITTEN).log("Closed a connection that does not read its answers");
            var unused = ctx.close();
            return Optional.empty();
        }
        Exchange exchange = new Exchange(ctx, request);
        closing = !exchange.keepAlive;
        unwritten++;
        waiting.add(exchange);
        return Optional.of(exchange);
    }

    private void writeKnown() {
        boolean written = false;
        ChannelHandlerContext ctx = null;
        while (!waiting.isEmpty() && waiting.element().response != null) {
            Exchange exchange = waiting.remove();
            ctx = exchange.ctx;
            exchange.write();
            written = true;
        }
        if (written) {
            ctx.flush();
        }
    }

    /** A request and, once it is known, its answer. */
    final class Exchange {
        private final ChannelHandlerContext ctx;
        private final boolean head;
        private final boolean keepAlive;
        private final boolean persistentByDefault;
        private FullHttpResponse response;

        private Exchange(ChannelHandlerContext ctx, HttpRequest request) {
            this.ctx = ctx;
            this.head = request.method().equals(HttpMethod.HEAD);
            this.keepAlive = HttpUtil.isKeepAlive(request);
            this.persistentByDefault = request.protocolVersion().isKeepAliveDefault();
        }

        /** Gives the answer, once, from any thread; it is written when those before it are. */
        void answer(FullHttpResponse answer) {
            if (ctx.executor().inEventLoop()) {
                answerOnEventLoop(answer);
            } else {
                ctx.executor().execute(() -> answerOnEventLoop(answer));
            }
        }

        private void answerOnEventLoop(FullHttpResponse answer) {
            response = answer;
            writeKnown();
        }

        private void write() {
            setConnection(response.headers());
            var written = ctx.write(head ? withoutContent(response) : response);
            written.addListener(future -> unwritten--);
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
    }

    /** Keeps the length that a GET would get. */
    private static FullHttpResponse withoutContent(FullHttpResponse response) {
        FullHttpResponse headersOnly = response.replace(Unpooled.EMPTY_BUFFER);
        ReferenceCountUtil.release(response);
        return headersOnly;
    }
}
