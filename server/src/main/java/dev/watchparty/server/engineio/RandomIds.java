package dev.watchparty.server.engineio;

import java.security.SecureRandom;
import java.util.Base64;
import org.apiguardian.api.API;

/** Ids that cannot be guessed: 120 random bits in 20 characters of base64url, the form of the original's. */
@API(status = API.Status.INTERNAL)
public final class RandomIds {
    private static final int BYTES = 15;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private RandomIds() {}

    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return BASE64URL.encodeToString(bytes);
    }
}
