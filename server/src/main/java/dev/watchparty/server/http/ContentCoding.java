package dev.watchparty.server.http;

import java.util.List;

/** The ways in which content is packed for the way to a browser (RFC 9110, section 8.4.1), the most compact first. */
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

    /** What the name of a file ends in that holds another's content in this coding. */
    String suffix() {
        return suffix;
    }

    /**
     * What a client likes best, by its {@code Accept-Encoding}; of those it likes equally, the most compact. The plain
     * content is always among the choices, and is what a client gets that forbids everything.
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
