package dev.weir.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement's wish to be cached, written as a comment: {@code /*+ weir:cache ttl=10s tables=orders,items *}{@code /}.
 *
 * @param ttl how long the answer may be used
 * @param tables the tables it was made from, in lower case, so that it can be dropped when they change
 */
record CacheHint(Duration ttl, Set<String> tables) {

    private static final String MARK = "weir:cache";
    private static final Pattern COMMENT = Pattern.compile("/\\*\\+?\\s*" + MARK + "\\b([^*]*)\\*/");

    CacheHint {
        tables = Set.copyOf(tables);
    }

    static CacheHint of(Duration ttl, String... tables) {
        if (ttl.isNegative() || ttl.isZero()) {
            throw new IllegalArgumentException("ttl is " + ttl + ": use more than zero");
        }
        Set<String> names = new TreeSet<>();
        Arrays.stream(tables).map(CacheHint::table).forEach(names::add);
        return new CacheHint(ttl, names);
    }

    /** How a table is named, whatever its case was written like. */
    static String table(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether there may be a hint: one pass over the text, for every statement. */
    static boolean mayBeIn(@Nullable String sql) {
        return sql != null && sql.contains(MARK);
    }

    static boolean isIn(String sql) {
        return COMMENT.matcher(sql).find();
    }

    /**
     * The hint in a statement, or {@code null}.
     *
     * @throws SQLException if there is one that cannot be read
     */
    static @Nullable CacheHint in(String sql) throws SQLException {
        Matcher comment = COMMENT.matcher(sql);
        if (!comment.find()) {
            return null;
        }
        Duration ttl = null;
        String[] tables = {};
        for (String part : comment.group(1).strip().split("\\s+", -1)) {
            String value = part.substring(part.indexOf('=') + 1);
            if (part.startsWith("ttl=")) {
                try {
                    ttl = PropertyValues.duration(value);
                } catch (IllegalArgumentException unreadable) {
                    throw wrong("ttl is " + value + ": " + unreadable.getMessage());
                }
            } else if (part.startsWith("tables=")) {
                tables = value.split(",", -1);
            } else if (!part.isEmpty()) {
                throw wrong(part + " is not known there");
            }
        }
        if (ttl == null || ttl.isZero()) {
            throw wrong("it has no ttl");
        }
        return of(ttl, tables);
    }

    private static SQLException wrong(String what) {
        return new SQLException(
                "a cache hint cannot be read: " + what + "; write /*+ weir:cache ttl=10s tables=a,b */", "42000");
    }
}
