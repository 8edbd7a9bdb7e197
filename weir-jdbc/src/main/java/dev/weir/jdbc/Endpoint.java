package dev.weir.jdbc;

import java.lang.reflect.Method;
import java.util.Locale;
import javax.sql.DataSource;

/** Names what a JDBC URL or a data source leads to, without credentials: parameters and user info are cut off. */
final class Endpoint {

    private static final String PREFIX = "jdbc:";

    private Endpoint() {}

    static String ofUrl(String url) {
        String rest = url.toLowerCase(Locale.ROOT).startsWith(PREFIX) ? url.substring(PREFIX.length()) : url;
        int end = rest.length();
        for (char separator : new char[] {'?', ';'}) {
            int at = rest.indexOf(separator);
            end = at < 0 ? end : Math.min(end, at);
        }
        // Db2 writes its parameters as /database:name=value;
        rest = rest.substring(0, end).replaceFirst(":[A-Za-z]+=.*", "");
        // What stands before the last @ may be a user and a password, in Oracle's form user/password@host too.
        int userInfo = rest.lastIndexOf('@');
        if (userInfo < 0) {
            return rest;
        }
        String kind = rest.substring(0, Math.max(0, rest.indexOf(':')));
        String host = rest.substring(userInfo + 1);
        return kind + "://" + (host.startsWith("//") ? host.substring(2) : host);
    }

    /** Asks the usual getters for a URL; a data source without one is an endpoint of its own. */
    static String of(DataSource source) {
        for (String getter : new String[] {"getURL", "getUrl", "getJdbcUrl"}) {
            try {
                Method method = source.getClass().getMethod(getter);
                if (method.invoke(source) instanceof String url && !url.isEmpty()) {
                    return ofUrl(url);
                }
            } catch (ReflectiveOperationException | RuntimeException notThisOne) {
                // The next name may be known.
            }
        }
        return source.getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(source));
    }
}
