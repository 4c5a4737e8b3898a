package dev.watchparty.server.session.redis;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * The id of one run of one node.
 *
 * @param value 8 characters of base64url
 */
record NodeId(String value) {
    static NodeId random(SecureRandom random) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return new NodeId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
