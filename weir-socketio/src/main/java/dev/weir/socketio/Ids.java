package dev.weir.socketio;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that cannot be guessed: 120 random bits, as 20 characters. */
final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final int BYTES = 15;

    private Ids() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return ENCODER.encodeToString(bytes);
    }
}
