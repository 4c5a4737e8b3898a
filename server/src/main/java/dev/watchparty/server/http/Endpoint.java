package dev.watchparty.server.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What one path answers to GET; the answer to HEAD is the same without its content. */
interface Endpoint {
    /**
     * Answers on an event loop, so without blocking it. The request must not be kept after the call; the response belongs to
     * the caller.
     */
    CompletionStage<FullHttpResponse> answer(HttpRequest request);

    /** An endpoint that always says the same. */
    static Endpoint ofText(String text) {
        return request -> CompletableFuture.completedStage(Responses.text(HttpResponseStatus.OK, text));
    }
}
