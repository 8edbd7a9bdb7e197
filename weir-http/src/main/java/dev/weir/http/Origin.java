package dev.weir.http;

import java.net.URI;
import java.util.Locale;

/** Scheme, host and port of a request's target: what requests in flight are bounded by. */
record Origin(String scheme, String host, int port) {

    /**
     * The origin of a URI.
     *
     * @throws IllegalArgumentException if it has no scheme or no host
     */
    static Origin of(URI uri) {
        String scheme = uri.getScheme();
        String host = uri.getHost();
        if (scheme == null || host == null) {
            throw new IllegalArgumentException("a request needs a URI with a scheme and a host");
        }
        String lower = scheme.toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : lower.equals("https") ? 443 : 80;
        return new Origin(lower, host.toLowerCase(Locale.ROOT), port);
    }

    boolean isSecure() {
        return scheme.equals("https");
    }

    String endpoint() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return scheme + "://" + endpoint();
    }
}
