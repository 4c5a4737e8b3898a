package dev.watchparty.server.socketio;

/** Makes what comes from clients fit for a log: one line, without control characters, of bounded length. */
final class Untrusted {
    private static final int MAX_LENGTH = 120;

    private Untrusted() {}

    static String quote(String text) {
        int end = Math.min(text.length(), MAX_LENGTH);
        StringBuilder quoted = new StringBuilder(end + 2).append('"');
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                quoted.append(c);
            } else {
                quoted.append("\\u%04x".formatted((int) c));
            }
        }
        return quoted.append(end < text.length() ? "…\"" : "\"").toString();
    }
}
