package dev.weir.redis;

import dev.weir.pool.ConnectionWeight;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the server says of a connection: {@code tot-mem} of {@code CLIENT INFO}, Redis 6.2 and later. */
final class ServerMemory {

    private static final Pattern TOTAL = Pattern.compile("(?:^|\\s)tot-mem=(\\d{1,18})(?:\\s|$)");

    private ServerMemory() {}

    /** @param info the server's line about the connection */
    static ConnectionWeight of(String info) {
        Matcher total = TOTAL.matcher(info);
        return total.find()
                ? ConnectionWeight.onServer(Long.parseLong(total.group(1)), "tot-mem of CLIENT INFO")
                : ConnectionWeight.unknown("CLIENT INFO tells no tot-mem: it came with Redis 6.2");
    }

    /** @param error what the server answered instead */
    static ConnectionWeight refused(String error) {
        return ConnectionWeight.unknown(
                error.startsWith("NOPERM")
                        ? "the pool's user may not ask CLIENT INFO: ACL SETUSER ... +client|info, on Redis 6 +client"
                        : "the server does not know CLIENT INFO: it came with Redis 6.2");
    }
}
