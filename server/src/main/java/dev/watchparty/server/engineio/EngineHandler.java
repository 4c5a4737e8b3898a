package dev.watchparty.server.engineio;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.corundumstudio.socketio.HandshakeData;
import com.corundumstudio.socketio.Transport;
import dev.watchparty.server.eventloop.OutOfMemory;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AttributeKey;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side of Engine.IO v4: opens sessions, and passes requests to their sessions. Requests for other paths go on
 * to the next handler.
 *
 * <p>As in the reference server: which requests are refused, with which code, and in which order the checks run.
 */
@Sharable
@SuppressWarnings("FutureReturnValueIgnored") // a write or close that fails ends the channel, and a handler sees that
final class EngineHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(EngineHandler.class);

    /** The id of the session whose polls use a connection: the connection may outlive the session. */
    private static final AttributeKey<String> POLLING_SID = AttributeKey.valueOf(EngineHandler.class, "pollingSid");

    private static final String PROTOCOL_VERSION = "4";

    private final TransportConfig config;
    private final String path;
    private final Cors cors;
    private final ClientAddresses addresses;
    private final ConnectionLimiter limiter;
    private final EngineSessions sessions;
    private final QueuedOutput output;
    private final WebSocketUpgrade webSockets;
    private final Function<EngineSession, EngineSession.Listener> acceptor;

    EngineHandler(
            TransportConfig config,
            ClientAddresses addresses,
            ConnectionLimiter limiter,
            EngineSessions sessions,
            QueuedOutput output,
            Function<EngineSession, EngineSession.Listener> acceptor) {
        this.config = config;
        this.path = config.path() + "/";
        this.cors = new Cors(config.allowedOrigins());
        this.addresses = addresses;
        this.limiter = limiter;
        this.sessions = sessions;
        this.output = output;
        this.webSockets = new WebSocketUpgrade(config);
        this.acceptor = acceptor;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FullHttpRequest request = (FullHttpRequest) message;
        UnfinishedInput.settle(ctx.pipeline());
        if (request.decoderResult().isSuccess() && !isOurs(request.uri())) {
            ctx.fireChannelRead(request);
            return;
        }
        try {
            onRequest(ctx, request);
        } finally {
            request.release();
        }
    }

    /** The connection of a waiting poll has closed. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        String sid = ctx.channel().attr(POLLING_SID).get();
        EngineSession session = sid == null ? null : sessions.get(sid);
        if (session != null) {
            session.input().onPollConnectionClosed(ctx.channel());
        }
        ctx.fireChannelInactive();
    }

    /** Stops reading from a client that does not read. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!OutOfMemory.report(cause)) {
            log.debug("HTTP connection closed: {}", cause.toString());
        }
        ctx.close();
    }

    private void onRequest(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            request.headers()
                    .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE); // the bytes that follow cannot be read
            exchange(ctx, request).answer(errorOf(request.decoderResult().cause()));
            return;
        }
        HttpExchange exchange = exchange(ctx, request);
        if (request.method().equals(HttpMethod.OPTIONS)) {
            exchange.answerPreflight(request.headers());
            return;
        }
        Query query = Query.of(request.uri());
        EngineError error = query == null ? EngineError.BAD_REQUEST : verify(ctx.channel(), request, query);
        if (error != null) {
            exchange.answer(error);
        } else if (isWebSocket(request)) {
            onWebSocket(ctx, exchange, request, query);
        } else {
            onPolling(ctx, exchange, request, query);
        }
    }

    /** The facts that handlers of pages may know of the clients of this server. */
    Requesters requesters() {
        return new Requesters(cors, addresses);
    }

    HttpExchange exchange(ChannelHandlerContext ctx, HttpRequest request) {
        return new HttpExchange(ctx, cors, config.timeouts().idle(), request);
    }

    /** Whether a request with a body is for a session that does not exist. */
    boolean isForUnknownSession(Channel channel, HttpRequest request) {
        if (!request.method().equals(HttpMethod.POST) || !isOurs(request.uri())) {
            return false;
        }
        Query query = Query.of(request.uri());
        return query != null && verify(channel, request, query) == EngineError.UNKNOWN_SID;
    }

    private boolean isOurs(String uri) {
        if (!uri.startsWith(path)) {
            return false;
        }
        int query = uri.indexOf('?');
        return !config.pagePaths().contains(query < 0 ? uri : uri.substring(0, query));
    }

    private static EngineError errorOf(Throwable decodingFailure) {
        if (decodingFailure instanceof TooLongHttpLineException) {
            return EngineError.URI_TOO_LONG;
        }
        return decodingFailure instanceof TooLongHttpHeaderException
                ? EngineError.HEADERS_TOO_LONG
                : EngineError.BAD_REQUEST;
    }

    private static boolean isWebSocket(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    /** Null if the request is correct. */
    private EngineError verify(Channel channel, HttpRequest request, Query query) {
        Transport transport = query.transport();
        if (transport == null || query.version() == null) {
            return EngineError.UNKNOWN_TRANSPORT;
        }
        if (isWebSocket(request)
                && !cors.decide(request.headers(), HostCheck.isSecure(channel)).admitted()) {
            return EngineError.FORBIDDEN;
        }
        return query.sid() == null
                ? verifyHandshake(request, query, transport)
                : verifySession(request, query, transport);
    }

    private static EngineError verifyHandshake(HttpRequest request, Query query, Transport transport) {
        if (!request.method().equals(HttpMethod.GET)) {
            return EngineError.BAD_HANDSHAKE_METHOD;
        }
        if (isWebSocket(request) != (transport == Transport.WEBSOCKET)) {
            return EngineError.BAD_REQUEST;
        }
        return query.version().equals(PROTOCOL_VERSION) ? null : EngineError.UNSUPPORTED_PROTOCOL_VERSION;
    }

    private EngineError verifySession(HttpRequest request, Query query, Transport transport) {
        EngineSession session = sessions.get(query.sid());
        if (session == null) {
            return EngineError.UNKNOWN_SID;
        }
        boolean isUpgrade = isWebSocket(request);
        boolean matches = isUpgrade
                ? transport == Transport.WEBSOCKET
                : transport == session.transport().name();
        if (!matches || !query.version().equals(PROTOCOL_VERSION)) {
            return EngineError.BAD_REQUEST;
        }
        boolean isGet = request.method().equals(HttpMethod.GET);
        boolean isPost = request.method().equals(HttpMethod.POST) && !isUpgrade;
        return isGet || isPost ? null : EngineError.BAD_HANDSHAKE_METHOD;
    }

    private void onPolling(ChannelHandlerContext ctx, HttpExchange exchange, FullHttpRequest request, Query query) {
        EngineSession session =
                query.sid() == null ? openPolling(ctx, exchange, request, query) : sessions.get(query.sid());
        if (session == null) {
            if (query.sid() != null) {
                exchange.answer(EngineError.UNKNOWN_SID); // it has ended since the check
            }
            return;
        }
        if (request.method().equals(HttpMethod.POST)) {
            session.input().onPayload(exchange, request.content().toString(UTF_8));
            return;
        }
        ctx.channel().attr(POLLING_SID).set(session.id());
        session.input().onPoll(exchange);
    }

    /** Null if the client was refused; then it has been answered. */
    private EngineSession openPolling(
            ChannelHandlerContext ctx, HttpExchange exchange, FullHttpRequest request, Query query) {
        InetSocketAddress client = clientOf(ctx.channel(), request);
        ConnectionLimiter.Lease lease = admit(ctx.channel(), client, request, exchange);
        if (lease == null) {
            return null;
        }
        PollingTransport polling = new PollingTransport(config.limits().maxPayload());
        EngineSession session = newSession(ctx, polling, lease, handshakeData(ctx.channel(), client, request, query));
        session.open(acceptor);
        return session;
    }

    private void onWebSocket(ChannelHandlerContext ctx, HttpExchange exchange, FullHttpRequest request, Query query) {
        if (query.sid() == null) {
            openWebSocket(ctx, exchange, request, query);
            return;
        }
        EngineSession session = sessions.get(query.sid());
        if (session == null) {
            exchange.answer(EngineError.UNKNOWN_SID);
            return;
        }
        webSockets.upgrade(ctx, exchange, request, webSocket -> {
            session.input().onCandidate(webSocket);
            return session;
        });
    }

    private void openWebSocket(ChannelHandlerContext ctx, HttpExchange exchange, FullHttpRequest request, Query query) {
        InetSocketAddress client = clientOf(ctx.channel(), request);
        ConnectionLimiter.Lease lease = admit(ctx.channel(), client, request, exchange);
        if (lease == null) {
            return;
        }
        HandshakeData handshake = handshakeData(ctx.channel(), client, request, query);
        boolean upgraded = webSockets.upgrade(ctx, exchange, request, webSocket -> {
            EngineSession session = newSession(ctx, webSocket, lease, handshake);
            session.open(acceptor);
            return session;
        });
        if (!upgraded) {
            sessions.release();
            lease.release();
        }
    }

    private EngineSession newSession(
            ChannelHandlerContext ctx,
            EngineTransport transport,
            ConnectionLimiter.Lease lease,
            HandshakeData handshake) {
        return new EngineSession(ctx.channel().eventLoop(), transport, config, sessions, output, lease, handshake);
    }

    /** Takes a place and a lease for a session; null if there is none. Then the client has been answered. */
    private ConnectionLimiter.Lease admit(
            Channel channel, InetSocketAddress client, FullHttpRequest request, HttpExchange exchange) {
        InetAddress counted = addresses.countedAs((InetSocketAddress) channel.remoteAddress(), request.headers());
        Optional<? extends ConnectionLimiter.Lease> lease = limiter.admit(client.getAddress(), counted);
        if (lease.isEmpty()) {
            exchange.answer(EngineError.ADDRESS_REFUSED);
            return null;
        }
        if (!sessions.reserve()) {
            lease.get().release();
            exchange.answer(EngineError.SERVER_FULL);
            return null;
        }
        return lease.get();
    }

    private InetSocketAddress clientOf(Channel channel, FullHttpRequest request) {
        return addresses.clientOf((InetSocketAddress) channel.remoteAddress(), request.headers());
    }

    /**
     * The part of its first request that a session keeps for its lifetime: the parameters of the application. The
     * headers would take a quarter of all the memory of an idle client, and nothing uses them.
     */
    private HandshakeData handshakeData(
            Channel channel, InetSocketAddress client, FullHttpRequest request, Query query) {
        boolean crossDomain = request.headers().contains(HttpHeaderNames.ORIGIN);
        return new HandshakeData(
                EmptyHttpHeaders.INSTANCE,
                query.applicationParameters(),
                client,
                (InetSocketAddress) channel.localAddress(),
                path,
                crossDomain);
    }

    /**
     * Engine.IO v4, "Query parameters". An empty value counts as missing.
     *
     * @param transport null if it is not one of the protocol's
     * @param version null if missing
     * @param sid null if missing
     */
    private record Query(Map<String, List<String>> parameters, Transport transport, String version, String sid) {
        private static final Set<String> OF_PROTOCOL = Set.of("EIO", "transport", "sid", "t", "b64", "j");

        Map<String, List<String>> applicationParameters() {
            Map<String, List<String>> own = new HashMap<>(parameters);
            own.keySet().removeAll(OF_PROTOCOL);
            return Map.copyOf(own);
        }

        /** Null if the percent-encoding is broken. */
        static Query of(String uri) {
            Map<String, List<String>> parameters;
            try {
                parameters = new QueryStringDecoder(uri).parameters();
            } catch (IllegalArgumentException e) {
                return null;
            }
            return new Query(
                    parameters,
                    transportOf(first(parameters, "transport")),
                    first(parameters, "EIO"),
                    first(parameters, "sid"));
        }

        private static String first(Map<String, List<String>> parameters, String name) {
            String value = parameters.getOrDefault(name, List.of("")).get(0);
            return value.isEmpty() ? null : value;
        }

        private static Transport transportOf(String name) {
            if (name == null) {
                return null;
            }
            return switch (name) {
                case "polling" -> Transport.POLLING;
                case "websocket" -> Transport.WEBSOCKET;
                default -> null;
            };
        }
    }
}
