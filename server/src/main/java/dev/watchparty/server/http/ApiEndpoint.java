package dev.watchparty.server.http;

import dev.watchparty.server.engineio.AddressKey;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletionStage;

/** The answer to one request of scripts, in JSON. */
interface ApiEndpoint {
    /** The method of the request; HEAD stands beside GET. */
    HttpMethod method();

    /**
     * Answers on an event loop, so it must not block. The request must not be kept after the call; the response belongs
     * to the caller.
     *
     * @param client whose limits count
     */
    CompletionStage<FullHttpResponse> answer(FullHttpRequest request, AddressKey client);
}
