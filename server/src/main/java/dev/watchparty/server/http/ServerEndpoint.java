package dev.watchparty.server.http;

import static java.util.Objects.requireNonNull;

import dev.watchparty.protocol.ServerInfo;
import dev.watchparty.server.engineio.AddressKey;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Says what the server offers. */
final class ServerEndpoint implements ApiEndpoint {
    private final ServerInfo info;

    ServerEndpoint(ServerInfo info) {
        this.info = requireNonNull(info, "info is null");
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(FullHttpRequest request, AddressKey client) {
        return CompletableFuture.completedStage(Responses.json(HttpResponseStatus.OK, info));
    }
}
