package dev.weir.server.config;

import java.util.Locale;

/** What a URL must be before it is given to the driver, or shown to anybody. */
public final class JdbcUrl {

    private static final String PREFIX = "jdbc:postgresql:";

    private JdbcUrl() {}

    /**
     * Accepts PostgreSQL's URLs without a password in them: the driver itself shows the URL in some of its errors.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing the URL
     */
    public static void check(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException(
                    "the URL must begin with " + PREFIX + ": write jdbc:postgresql://HOST:PORT/DATABASE");
        }
        String authority = url.substring(PREFIX.length()).split("[?]", 2)[0];
        if (authority.contains("@")) {
            throw new IllegalArgumentException(
                    "the URL must not hold credentials (the part before '@'): give the user and the password by themselves");
        }
        String lower = url.toLowerCase(Locale.ROOT);
        if (lower.contains("?password=") || lower.contains("&password=")) {
            throw new IllegalArgumentException("the URL must not hold a password: give it by a file, by the environment"
                    + " variable WEIR_PASSWORD, or by the prompt of --password");
        }
    }

    /** The URL without its parameters, for people. */
    public static String shown(String url) {
        return url.split("[?]", 2)[0];
    }
}
