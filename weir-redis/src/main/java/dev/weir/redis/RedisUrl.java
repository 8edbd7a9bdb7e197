package dev.weir.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a URL by the registration of the scheme {@code redis} with IANA: host, port, credentials, and the database as the
 * path. No problem it tells repeats the URL, which may hold a password.
 */
final class RedisUrl {

    private static final int USUAL_PORT = 6379;

    private RedisUrl() {}

    static void read(String url, WeirRedisBuilder into) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            into.problems.add("url cannot be read: " + malformed.getReason() + " at character " + malformed.getIndex()
                    + "; use redis://host:port/database");
            return;
        }
        String scheme = String.valueOf(uri.getScheme());
        if (!scheme.equals("redis") && !scheme.equals("rediss")) {
            into.problems.add("url has the scheme " + uri.getScheme() + ": use redis, or rediss for TLS");
            return;
        }
        String host = uri.getHost();
        if (host == null) {
            into.problems.add("url names no host: use redis://host:port/database");
            return;
        }
        into.tls = scheme.equals("rediss");
        into.nodes.add(new RedisNode(host, uri.getPort() < 0 ? USUAL_PORT : uri.getPort()));
        String userInfo = uri.getRawUserInfo();
        if (userInfo != null) {
            int colon = userInfo.indexOf(':');
            String user = decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
            into.user = user.isEmpty() ? null : user;
            into.password = colon < 0 ? null : decode(userInfo.substring(colon + 1));
        }
        String path = uri.getPath();
        if (path != null && path.length() > 1) {
            try {
                into.database = Integer.parseInt(path.substring(1));
            } catch (NumberFormatException noNumber) {
                into.problems.add("url has the database " + path.substring(1) + ": use a number");
            }
        }
    }

    private static String decode(String part) {
        // A plus sign stands for itself in user info; only forms write blanks so.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
