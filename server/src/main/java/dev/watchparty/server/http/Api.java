package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.ServerInfo;
import dev.watchparty.server.engineio.Requesters;
import dev.watchparty.server.session.DefaultRoom;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apiguardian.api.API;

/**
 * The requests of scripts, below {@code /api/} of the base path. The same pages may send them that may open a socket, and
 * their answers are kept by no cache.
 */
@API(status = API.Status.INTERNAL)
public final class Api {
    private final Map<String, ApiEndpoint> endpoints;

    @Inject
    Api(PagesConfig config, DefaultRoom defaultRoom, RoomCreation creation) {
        requireNonNull(defaultRoom, "defaultRoom is null");
        this.endpoints = Map.of(
                config.basePath() + "/api/rooms",
                new RoomsEndpoint(creation),
                config.basePath() + "/api/server",
                new ServerEndpoint(new ServerInfo(defaultRoom.isOpen())));
    }

    /** Answers on an event loop; empty if the path belongs to others. */
    Optional<CompletionStage<FullHttpResponse>> answer(Channel channel, FullHttpRequest request) {
        ApiEndpoint endpoint = endpoints.get(RequestPath.of(request.uri()));
        return Optional.ofNullable(endpoint).map(found -> answer(found, channel, request));
    }

    private static CompletionStage<FullHttpResponse> answer(
            ApiEndpoint endpoint, Channel channel, FullHttpRequest request) {
        Requesters requesters = Requesters.of(channel);
        HttpHeaders cors = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        requesters.addCorsTo(cors, channel, request.headers());
        CompletionStage<FullHttpResponse> answer;
        if (request.method().equals(HttpMethod.OPTIONS)) {
            answer = CompletableFuture.completedStage(preflight(request.headers()));
        } else if (!isAllowed(request.method(), endpoint.method())) {
            answer = CompletableFuture.completedStage(methodNotAllowed(endpoint.method()));
        } else if (!requesters.isAdmitted(channel, request.headers())) {
            answer = CompletableFuture.completedStage(Responses.error(
                    HttpResponseStatus.FORBIDDEN,
                    RequestErrorCode.NOT_ALLOWED,
                    "pages of this origin may not talk to this server"));
        } else {
            answer = endpoint.answer(request, requesters.countedAs(channel, request.headers()));
        }
        return answer.thenApply(response -> {
            response.headers().add(cors);
            return response;
        });
    }

    private static boolean isAllowed(HttpMethod method, HttpMethod expected) {
        return method.equals(expected) || (method.equals(HttpMethod.HEAD) && expected.equals(HttpMethod.GET));
    }

    private static FullHttpResponse preflight(HttpHeaders request) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
        Requesters.addPreflightTo(response.headers(), request);
        return response;
    }

    private static FullHttpResponse methodNotAllowed(HttpMethod expected) {
        String allowed = expected.equals(HttpMethod.GET) ? "GET, HEAD, OPTIONS" : expected + ", OPTIONS";
        FullHttpResponse response = Responses.error(
                HttpResponseStatus.METHOD_NOT_ALLOWED,
                RequestErrorCode.INVALID_PAYLOAD,
                "another method (expected: %s)".formatted(allowed));
        response.headers().set(HttpHeaderNames.ALLOW, allowed);
        return response;
    }
}
