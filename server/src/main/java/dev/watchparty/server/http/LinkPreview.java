package dev.watchparty.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.watchparty.server.session.RoomId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The preview that chat apps show of a link to the page: <a href="https://ogp.me">Open Graph</a> tags, with the
 * absolute URLs that they require. Chat apps run no scripts, so the page's own scripts cannot write the tags.
 *
 * <p>No part of a request gets into the page unless its characters are known to be harmless there.
 *
 * @param room the room that the link leads to, if it leads to one; its characters are letters, marks, digits, _ and -
 * @param site the URL of the page, with a slash at its end; empty if the request names no host
 * @param link the part that follows the site in the URL that leads to the room
 */
record LinkPreview(Optional<RoomId> room, Optional<String> site, String link) {
    /** The scheme that the client used, as the transport has determined it. */
    static final String FORWARDED_PROTO = "x-forwarded-proto";

    private static final Pattern HOST =
            Pattern.compile("(?:[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::\\d{1,5})?");
    private static final String DESCRIPTION =
            "Watch YouTube in step with your friends: one room, one play button, everyone at the same second.";

    /** @param basePath of the page: empty, or with a leading slash and no trailing one */
    static LinkPreview of(HttpRequest request, String basePath) {
        String host = request.headers().get(HttpHeaderNames.HOST);
        Optional<String> site = Optional.ofNullable(host)
                .filter(name -> HOST.matcher(name).matches())
                .map(name -> scheme(request) + "://" + name + basePath + "/");
        Optional<RoomId> ofPath = RoomPath.roomOf(RequestPath.of(request.uri()), basePath);
        if (ofPath.isPresent()) {
            return new LinkPreview(ofPath, site, RoomPath.of(ofPath.get()).substring(1));
        }
        Optional<RoomId> ofQuery = roomOfQuery(request.uri());
        String link = ofQuery.map(room -> "?room=" + URLEncoder.encode(room.value(), UTF_8))
                .orElse("");
        return new LinkPreview(ofQuery, site, link);
    }

    private static String scheme(HttpRequest request) {
        return request.headers().get(FORWARDED_PROTO, "").equals("https") ? "https" : "http";
    }

    private static Optional<RoomId> roomOfQuery(String uri) {
        try {
            List<String> names = new QueryStringDecoder(uri).parameters().getOrDefault("room", List.of());
            return names.stream().findFirst().flatMap(RoomId::parse);
        } catch (IllegalArgumentException e) { // a broken escape sequence names no room
            return Optional.empty();
        }
    }

    String html() {
        StringBuilder html = new StringBuilder(1024);
        property(html, "og:type", "website");
        property(html, "og:site_name", "Watch Party");
        property(
                html,
                "og:title",
                room.map(name -> "Join the watch party in " + name).orElse("Watch Party: press play together"));
        property(html, "og:description", DESCRIPTION);
        site.ifPresent(address -> {
            property(html, "og:url", address + link);
            property(html, "og:image", address + "link-preview.png");
            property(html, "og:image:width", "1200");
            property(html, "og:image:height", "630");
            property(html, "og:image:alt", "The same film on three screens, at the same second");
        });
        name(html, "twitter:card", site.isPresent() ? "summary_large_image" : "summary");
        if (room.isPresent()) { // anybody who has the name may enter, so no index may list it
            name(html, "robots", "noindex");
        }
        return html.toString();
    }

    private static void property(StringBuilder html, String property, String content) {
        html.append("<meta property=\"")
                .append(property)
                .append("\" content=\"")
                .append(content)
                .append("\" />\n    ");
    }

    private static void name(StringBuilder html, String name, String content) {
        html.append("<meta name=\"")
                .append(name)
                .append("\" content=\"")
                .append(content)
                .append("\" />\n    ");
    }
}
