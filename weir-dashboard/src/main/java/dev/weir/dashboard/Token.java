package dev.weir.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The word that allows changes. It shows itself to nobody who does not ask by name. */
final class Token {

    /** Fewer characters can be guessed. */
    static final int SHORTEST = 16;

    private static final int BYTES = 24;

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    /** A new one, of 192 random bits. */
    static Token random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * A given one.
     *
     * @throws IllegalArgumentException if it is too short or does not fit into a header
     */
    static Token of(String value) {
        if (!fits(value)) {
            throw new IllegalArgumentException("the dashboard's token needs " + SHORTEST
                    + " to 256 letters, digits or . _ ~ + / = - ; leave it out to have one made");
        }
        return new Token(value);
    }

    /** Whether it is long enough, and fits into a header. */
    static boolean fits(String value) {
        return value.matches("[A-Za-z0-9._~+/=-]{" + SHORTEST + ",256}");
    }

    /** Whether these are equal, in a time that does not depend on where they differ. */
    boolean matches(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
