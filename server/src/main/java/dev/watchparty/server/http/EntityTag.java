package dev.watchparty.server.http;

import com.google.common.hash.Hashing;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The strong validator of some bytes (RFC 9110, section 8.8.3): a hash of them, so that equal bytes have the same tag
 * on every node and after a restart.
 *
 * @param value the tag as it stands in a header, with its quotes
 */
record EntityTag(String value) {
    private static final Pattern TAG = Pattern.compile("\"[^\"]*\"");

    static EntityTag of(byte[] content) {
        byte[] hash = Hashing.sha256().hashBytes(content).asBytes();
        return new EntityTag('"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"');
    }

    /**
     * Whether an {@code If-None-Match} names this tag, or any. The comparison is weak, as this header requires: a proxy
     * that compressed our content again marks its tag with {@code W/}.
     */
    boolean isIn(List<String> ifNoneMatch) {
        for (String header : ifNoneMatch) {
            if (header.strip().equals("*")) {
                return true;
            }
            Matcher tag = TAG.matcher(header);
            while (tag.find()) {
                if (tag.group().equals(value)) {
                    return true;
                }
            }
        }
        return false;
    }
}
