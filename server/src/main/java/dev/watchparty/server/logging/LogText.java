package dev.watchparty.server.logging;

import java.util.Arrays;
import org.apiguardian.api.API;

/** Makes a client's text safe for a log: one line, without control characters, of bounded length. */
@API(status = API.Status.INTERNAL)
public final class LogText {
    private static final int MAX_LENGTH = 120;
    private static final int MAX_CAUSES = 3;
    private static final int MAX_FRAMES = 6;

    private LogText() {}

    public static String quote(String text) {
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

    /**
     * Describes an exception whose message may hold a client's text: its class, its message, and where it was thrown.
     */
    public static String describe(Throwable e) {
        StringBuilder description = new StringBuilder();
        Throwable cause = e;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            description
                    .append(i == 0 ? "" : ", caused by ")
                    .append(cause.getClass().getName())
                    .append(cause.getMessage() == null ? "" : " " + quote(cause.getMessage()));
            Arrays.stream(cause.getStackTrace())
                    .limit(MAX_FRAMES)
                    .forEach(frame -> description.append(" at ").append(frame));
        }
        return description.toString();
    }
}
