package dev.watchparty.server.http;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Redirects a browser from {@code /party} to {@code /party/}, because the files of the page are below it. The URL is
 * relative, so it is also right behind a proxy that adds a path before ours.
 */
final class FolderRedirect implements Endpoint {
    private final String folder;

    /** @param path without a slash at its end */
    FolderRedirect(String path) {
        this.folder = path.substring(path.lastIndexOf('/') + 1) + "/";
    }

    @Override
    public CompletionStage<FullHttpResponse> answer(HttpRequest request) {
        String target = request.uri();
        int query = target.indexOf('?');
        String location = query < 0 ? folder : folder + target.substring(query);
        FullHttpResponse response = Responses.text(HttpResponseStatus.TEMPORARY_REDIRECT, "The page is at " + folder);
        response.headers().set(HttpHeaderNames.LOCATION, location);
        return CompletableFuture.completedStage(response);
    }
}
