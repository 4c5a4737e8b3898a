package dev.watchparty.server.http;

/** The path of a request target (RFC 9112, section 3.2), as it was sent: nothing in it is decoded or resolved. */
final class RequestPath {
    private RequestPath() {}

    /** Returns the path of {@code /path?query} or {@code http://host/path?query}; a text without a path is returned whole. */
    static String of(String target) {
        String withoutQuery = target.substring(0, endOfPath(target));
        if (withoutQuery.startsWith("/")) {
            return withoutQuery;
        }
        int scheme = withoutQuery.indexOf("://");
        if (scheme < 0) {
            return withoutQuery;
        }
        int path = withoutQuery.indexOf('/', scheme + "://".length());
        return path < 0 ? "/" : withoutQuery.substring(path);
    }

    private static int endOfPath(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (target.charAt(i) == '?' || target.charAt(i) == '#') {
                return i;
            }
        }
        return target.length();
    }
}
