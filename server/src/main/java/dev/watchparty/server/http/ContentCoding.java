package dev.watchparty.server.http;

import java.util.List;

/** The codings that compress content on its way to a browser (RFC 9110, section 8.4.1), the most compact first. */
enum ContentCoding {
    BROTLI("br", ".br"),
    GZIP("gzip", ".gz"),
    IDENTITY("identity", "");

    private final String token;
    private final String suffix;

    ContentCoding(String token, String suffix) {
        this.token = token;
        this.suffix = suffix;
    }

    /** Its name in headers. */
    String token() {
        return token;
    }

    /** The end of the name of a file that holds another file's content in this coding. */
    String suffix() {
        return suffix;
    }

    /**
     * The coding that a client prefers, by its {@code Accept-Encoding}; among equals, the most compact. The plain
     * content is always among the choices, and a client that forbids everything gets it.
     */
    static ContentCoding preferred(List<String> acceptEncoding, List<ContentCoding> available) {
        QualityValues accepted = QualityValues.parse(acceptEncoding);
        double any = accepted.of("*").orElse(0);
        ContentCoding preferred = IDENTITY;
        double highest = accepted.of(IDENTITY.token).orElse(any);
        for (ContentCoding coding : values()) {
            double weight = accepted.of(coding.token).orElse(any);
            boolean moreCompact = weight == highest && coding.compareTo(preferred) < 0;
            if (weight > 0 && (weight > highest || moreCompact) && available.contains(coding)) {
                preferred = coding;
                highest = weight;
            }
        }
        return preferred;
    }
}
