package dev.watchparty.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The headers that restrict a page in the browser: as little as a page with a YouTube player needs is allowed. The
 * player's script comes from www.youtube.com, its frame may come from youtube-nocookie.com, and it needs to know the
 * origin of the page around it.
 */
final class PageSecurity {
    private static final Pattern HOST = Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(?::\\d{1,5})?");

    private static final String PLAYER = "self \"https://www.youtube.com\" \"https://www.youtube-nocookie.com\"";
    private static final String PERMISSIONS =
            Stream.of("autoplay", "encrypted-media", "fullscreen", "picture-in-picture")
                            .map(feature -> feature + "=(" + PLAYER + ")")
                            .collect(Collectors.joining(", "))
                    + ", camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()";

    private final String policyBeforeConnect;
    private final String policyAfterConnect;
    private final String frameAncestors;

    PageSecurity(PagesConfig config) {
        this.frameAncestors = "frame-ancestors "
                + (config.frameAncestors().isEmpty() ? "'none'" : String.join(" ", config.frameAncestors()));
        this.policyBeforeConnect = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' https://www.youtube.com https://s.ytimg.com",
                "style-src 'self'",
                "img-src 'self' data: https://i.ytimg.com",
                "font-src 'self'",
                "manifest-src 'self'",
                "frame-src https://www.youtube.com https://www.youtube-nocookie.com",
                "connect-src 'self'");
        this.policyAfterConnect = config.connectOrigins().stream()
                        .map(origin -> " " + origin + " " + webSocket(origin))
                        .collect(Collectors.joining())
                + "; base-uri 'none'; form-action 'self'; " + frameAncestors;
    }

    /** @param host the request's {@code Host}, or null */
    void addToPage(HttpHeaders headers, String host) {
        String policy = policyBeforeConnect + ownWebSocket(host) + policyAfterConnect;
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .set("referrer-policy", "strict-origin-when-cross-origin")
                .set("permissions-policy", PERMISSIONS);
    }

    /** @param styleHash of the page's one style element, as in {@code sha256-…} */
    void addToErrorPage(HttpHeaders headers, String styleHash) {
        String policy = "default-src 'none'; style-src '%s'; base-uri 'none'; form-action 'none'; %s"
                .formatted(styleHash, frameAncestors);
        headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .set("referrer-policy", "strict-origin-when-cross-origin");
    }

    /**
     * Not all browsers apply {@code 'self'} to the page's own WebSocket too. A host that could end the directive is not
     * added.
     */
    private static String ownWebSocket(String host) {
        return host == null || !HOST.matcher(host).matches() ? "" : " ws://" + host + " wss://" + host;
    }

    private static String webSocket(String origin) {
        return "ws" + origin.substring("http".length());
    }
}
