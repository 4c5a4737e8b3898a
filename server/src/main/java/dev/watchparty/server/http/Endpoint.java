package dev.watchparty.server.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer of one path to GET; the answer to HEAD is the same without its content. */
interface Endpoint {
    /**
     * Answers on an event loop, so it must not block. The request must not be kept after the call; the response belongs
     * to the caller.
     */
    CompletionStage<FullHttpResponse> answer(HttpRequest request);

    /** An endpoint that always gives the same answer. */
    static Endpoint ofText(String text) {
        return request -> CompletableFuture.completedStage(Responses.text(HttpResponseStatus.OK, text));
    }
}
