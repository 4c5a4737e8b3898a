package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.ssl.SslHandler;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every request that is not for Socket.IO: the page and its assets, the files of socket.io-client, {@code
 * /healthz} and {@code /readyz}, and the requests of scripts. All of it is below the base path, and the health endpoints are at the root too, where
 * platforms look for them.
 *
 * <p>It is the last handler of the transport's pipeline, which lets through one request of a connection at a time. It
 * serves any number of connections. It looks up paths only in a map that was filled at start: no request reaches a file
 * system.
 */
@API(status = API.Status.INTERNAL)
@Sharable
public final class PagesHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger log = LoggerFactory.getLogger(PagesHandler.class);

    private static final String ALLOWED_METHODS = "GET, HEAD";

    private final String basePath;
    private final Map<String, Endpoint> endpoints;
    private final Endpoint roomPage; // null if the page is not served
    private final Endpoint notFound;
    private final Endpoint noRoom;
    private final Api api;
    private final String strictTransportSecurity;
    private final InstantSource clock;

    /**
     * Loads the web client and the library from the class path into memory, if the configuration asks for them.
     *
     * @throws IllegalStateException if one of them must be served but was not built, or exceeds the limits of a client
     */
    @Inject
    public PagesHandler(PagesConfig config, Readiness readiness, Api api, InstantSource clock) {
        this(
                config,
                config.enabled() ? ClientFiles.page(PagesHandler.class.getClassLoader()) : List.of(),
                config.servesLibrary() ? ClientFiles.library(PagesHandler.class.getClassLoader()) : List.of(),
                readiness,
                api,
                clock);
    }

    PagesHandler(
            PagesConfig config,
            List<StaticFile> page,
            List<StaticFile> library,
            Readiness readiness,
            Api api,
            InstantSource clock) {
        PageSecurity security = new PageSecurity(config);
        this.endpoints = endpoints(config, security, page, library, readiness);
        this.basePath = config.basePath();
        this.roomPage = page.stream()
                .filter(file -> file.path().equals(ClientFiles.INDEX_PATH))
                .findAny()
                .map(file -> PageEndpoint.ofRooms(file, security, basePath))
                .orElse(null);
        this.notFound = NotFoundEndpoint.ofPaths(security, basePath);
        this.noRoom = NotFoundEndpoint.ofRooms(security, basePath);
        this.api = requireNonNull(api, "api is null");
        this.strictTransportSecurity = config.hstsMaxAge().isZero()
                ? null
                : "max-age=" + config.hstsMaxAge().toSeconds();
        this.clock = requireNonNull(clock, "clock is null");
    }

    private static Map<String, Endpoint> endpoints(
            PagesConfig config,
            PageSecurity security,
            List<StaticFile> page,
            List<StaticFile> library,
            Readiness readiness) {
        String base = config.basePath();
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (StaticFile file : page) {
            boolean isIndex = file.path().equals(ClientFiles.INDEX_PATH);
            Endpoint endpoint =
                    isIndex ? PageEndpoint.of(file, security, base) : StaticFileEndpoint.ofPage(file, security);
            endpoints.put(base + file.path(), endpoint);
            if (isIndex) {
                endpoints.put(base + "/", endpoint);
            }
        }
        Set<String> libraryPaths = config.libraryPaths();
        for (StaticFile file : library) {
            String path = config.socketIoPath() + file.path();
            if (libraryPaths.contains(path)) {
                endpoints.put(path, StaticFileEndpoint.ofLibrary(file));
            }
        }
        if (!config.enabled()) {
            endpoints.put(base + "/", Endpoint.ofText("This is a Watch Party server. Its page is hosted elsewhere."));
        }
        if (!base.isEmpty()) {
            endpoints.put(base, new FolderRedirect(base));
        }
        Endpoint health = Endpoint.ofText("ok");
        Endpoint ready = new ReadinessEndpoint(readiness, config.readinessTimeout());
        for (String path : config.healthPaths()) {
            endpoints.put(path, path.endsWith(PagesConfig.HEALTH) ? health : ready);
        }
        return Map.copyOf(endpoints);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!ctx.channel().isWritable()) {
            var unused = ctx.close(); // the client asks for more, and does not read its answers
            return;
        }
        Exchange exchange = Exchange.of(request);
        boolean encrypted = ctx.pipeline().get(SslHandler.class) != null;
        answer(ctx.channel(), request)
                .exceptionally(PagesHandler::internalError)
                .thenAccept(response -> exchange.answer(ctx, withCommonHeaders(response, encrypted)));
    }

    private CompletionStage<FullHttpResponse> answer(Channel channel, FullHttpRequest request) {
        try {
            return api.answer(channel, request).orElseGet(() -> answerForPeople(request));
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private CompletionStage<FullHttpResponse> answerForPeople(HttpRequest request) {
        String path = RequestPath.of(request.uri());
        Endpoint endpoint = endpoints.get(path);
        if (endpoint == null && roomPage != null && RoomPath.isOne(path, basePath)) {
            if (RoomPath.roomOf(path, basePath).isEmpty()) {
                return noRoom.answer(request);
            }
            endpoint = roomPage;
        }
        if (endpoint != null && !isAllowed(request.method())) {
            return CompletableFuture.completedStage(methodNotAllowed());
        }
        return (endpoint == null ? notFound : endpoint).answer(request);
    }

    private static boolean isAllowed(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private static FullHttpResponse methodNotAllowed() {
        FullHttpResponse response =
                Responses.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "Method not allowed. Use " + ALLOWED_METHODS);
        response.headers().set(HttpHeaderNames.ALLOW, ALLOWED_METHODS);
        return response;
    }

    private static FullHttpResponse internalError(Throwable failure) {
        log.atError().setCause(failure).log("A page could not be answered");
        return Responses.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "Internal server error");
    }

    private FullHttpResponse withCommonHeaders(FullHttpResponse response, boolean encrypted) {
        HttpHeaders headers = response.headers();
        headers.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(clock.instant())));
        headers.set("x-content-type-options", "nosniff");
        if (encrypted && strictTransportSecurity != null) {
            headers.set("strict-transport-security", strictTransportSecurity);
        }
        return response;
    }
}
