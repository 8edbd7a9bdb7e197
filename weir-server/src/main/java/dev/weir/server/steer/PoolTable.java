package dev.weir.server.steer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The pools of an overview as lines of text. */
final class PoolTable {

    private static final String HEAD = "%-24s %-10s %-9s %6s %6s %6s %6s %7s %9s %10s %7s %9s%n";

    private PoolTable() {}

    static String of(Iterable<JsonNode> pools) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                HEAD,
                "pool",
                "kind",
                "state",
                "leased",
                "idle",
                "open",
                "max",
                "waiting",
                "leases/s",
                "p99 wait",
                "errors",
                "memory"));
        for (JsonNode pool : pools) {
            text.append(String.format(
                    Locale.ROOT,
                    HEAD,
                    cut(pool.path("name").asText(), 24),
                    cut(pool.path("kind").asText(), 10),
                    pool.path("state").asText(),
                    pool.path("leased").asInt(),
                    pool.path("idle").asInt(),
                    pool.path("opening").asInt(),
                    pool.path("max").asInt(),
                    pool.path("waiting").asInt(),
                    Math.round(pool.path("leasesPerSecond").asDouble()),
                    String.format(Locale.ROOT, "%.1f ms", pool.path("waitP99Ms").asDouble()),
                    pool.path("errors").asLong(),
                    String.format(
                            Locale.ROOT, "%.1f MB", pool.path("grantedBytes").asLong() / 1048576.0)));
        }
        return text.toString();
    }

    /** Names come from elsewhere: no control character of theirs reaches the terminal. */
    private static String cut(String text, int most) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }
}
