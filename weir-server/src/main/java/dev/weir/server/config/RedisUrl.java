package dev.weir.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** What the URL of a Redis must be before it is given to the client, or shown to anybody. */
public final class RedisUrl {

    private static final String HOW = "write redis://HOST:PORT/DATABASE, or rediss: for TLS";
    private static final int LARGEST_PORT = 65_535;

    private RedisUrl() {}

    /**
     * Accepts URLs of a single server without credentials in them.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing the URL
     */
    public static void check(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "the URL of Redis cannot be read: " + malformed.getReason() + ": " + HOW);
        }
        if (!Set.of("redis", "rediss").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("the URL of Redis must begin with redis: or rediss: " + HOW);
        }
        if (String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw new IllegalArgumentException("the URL of Redis must not hold credentials (the part before '@'): give"
                    + " the password by the environment variable WEIR_REDIS_PASSWORD or in the configuration file");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("the URL of Redis names no host: " + HOW);
        }
        if (uri.getPort() == 0 || uri.getPort() > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "the port in the URL of Redis is " + uri.getPort() + ": use 1 to " + LARGEST_PORT);
        }
        String path = String.valueOf(uri.getPath());
        if (!path.matches("(/\\d{0,5})?") || uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException("the URL of Redis has more than a host, a port and a number: " + HOW);
        }
    }
}
