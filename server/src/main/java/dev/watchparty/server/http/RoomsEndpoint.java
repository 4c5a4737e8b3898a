package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.watchparty.protocol.CreateRoomRequest;
import dev.watchparty.protocol.InvalidPayloadException;
import dev.watchparty.protocol.RequestErrorCode;
import dev.watchparty.protocol.WireJson;
import dev.watchparty.server.engineio.AddressKey;
import dev.watchparty.server.session.SessionException;
import io.netty.buffer.ByteBufInputStream;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates rooms. The creator gets the identity of the room's host. */
final class RoomsEndpoint implements ApiEndpoint {
    private static final Logger log = LoggerFactory.getLogger(RoomsEndpoint.class);

    /** The longest body, bytes. */
    private static final int MAX_BODY = 4 * 1024;

    private static final ObjectReader JSON =
            WireJson.newMapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final RoomCreation creation;

    RoomsEndpoint(RoomCreation creation) {
        this.creation = requireNonNull(creation, "creation is null");
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(FullHttpRequest request, AddressKey client) {
        CharSequence type = HttpUtil.getMimeType(request);
        if (type == null || !HttpHeaderValues.APPLICATION_JSON.contentEqualsIgnoreCase(type)) {
            return refused(
                    HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type: another (expected: application/json)");
        }
        if (request.content().readableBytes() > MAX_BODY) {
            return refused(
                    HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                    "body: %d bytes (expected: up to %d)"
                            .formatted(request.content().readableBytes(), MAX_BODY));
        }
        CreateRoomRequest wish;
        try {
            wish = read(request);
        } catch (InvalidPayloadException e) {
            return refused(HttpResponseStatus.BAD_REQUEST, e.getMessage());
        }
        return creation.create(wish, client)
                .thenApply(room -> Responses.json(HttpResponseStatus.CREATED, room))
                .exceptionally(RoomsEndpoint::refusal);
    }

    private static CreateRoomRequest read(FullHttpRequest request) throws InvalidPayloadException {
        try (InputStream body = new ByteBufInputStream(request.content().duplicate())) {
            return CreateRoomRequest.read(JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new InvalidPayloadException("body: not JSON (expected: an object in JSON)");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read from memory", e);
        }
    }

    private static CompletionStage<FullHttpResponse> refused(HttpResponseStatus status, String message) {
        return CompletableFuture.completedStage(Responses.error(status, RequestErrorCode.INVALID_PAYLOAD, message));
    }

    private static FullHttpResponse refusal(Throwable failure) {
        Throwable cause = SessionException.reasonOf(failure);
        if (!(cause instanceof SessionException refusal)) {
            log.error("a room could not be created", cause);
            return Responses.error(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    RequestErrorCode.UNAVAILABLE,
                    "the server could not do this now; try again");
        }
        FullHttpResponse response = Responses.error(statusOf(refusal.code()), refusal.code(), refusal.getMessage());
        if (refusal instanceof TooManyRoomsException early) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, wholeSeconds(early.retryAfter()));
        }
        return response;
    }

    private static HttpResponseStatus statusOf(RequestErrorCode code) {
        return switch (code) {
            case RATE_LIMITED -> HttpResponseStatus.TOO_MANY_REQUESTS;
            case ROOM_TAKEN -> HttpResponseStatus.CONFLICT;
            case UNAVAILABLE -> HttpResponseStatus.SERVICE_UNAVAILABLE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    /** At least as long, and at least one. */
    private static long wholeSeconds(Duration wait) {
        return wait.toSeconds() + 1;
    }
}
