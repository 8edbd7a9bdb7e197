package dev.weir.socketio.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is let in. Keeps digests only, and compares them in a time that tells nothing of how much was right. Immutable. */
final class Credentials {

    private final byte @Nullable [] user;
    private final byte[] secret;

    private Credentials(byte @Nullable [] user, byte[] secret) {
        this.user = user;
        this.secret = secret;
    }

    static Credentials password(String user, String password) {
        return new Credentials(digest(user), digest(password));
    }

    static Credentials token(String token) {
        return new Credentials(null, digest(token));
    }

    /** Whether what a page sent along is right. */
    boolean admit(Map<?, ?> auth) {
        boolean known = user == null || MessageDigest.isEqual(user, digest(auth.get("username")));
        boolean right = MessageDigest.isEqual(secret, digest(auth.get("password")));
        boolean token = user == null && MessageDigest.isEqual(secret, digest(auth.get("token")));
        return (known && right) || token;
    }

    static byte[] digest(@Nullable Object text) {
        try {
            // A value that is no text is nobody's secret: those have 8 characters or more.
            String value = text instanceof String string ? string : "";
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java platform has SHA-256", never);
        }
    }

    /** Never what is right. */
    @Override
    public String toString() {
        return user == null ? "a token" : "a user and a password";
    }
}
