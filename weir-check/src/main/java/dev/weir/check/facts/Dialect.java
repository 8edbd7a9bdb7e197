package dev.weir.check.facts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of a pool's settings, what they mean, in which unit they are written, and what they are when nobody says: a table in
 * a resource, a setting a line. Where versions differ in a default the table has none.
 */
public final class Dialect {

    private static final Map<String, Dialect> READ = new java.util.concurrent.ConcurrentHashMap<>();

    /** A word, or the name of a class. Longer texts, such as SQL, may hold anything. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.$-]{0,100}");

    /**
     * A line of the table.
     *
     * @param name as the pool's documentation writes it
     * @param setting what it means; {@code null} when no rule asks
     * @param unit how it is written
     * @param standard its default as it would be written; {@code =NAME} for that of another; {@code null} when it is not known
     */
    public record Row(
            String name,
            @Nullable Setting setting,
            Unit unit,
            @Nullable String standard) {

        /** A value as it may be shown: a secret, or what may hold one, is not. */
        public String shown(String value) {
            boolean delicate = unit == Unit.SECRET
                    || setting == Setting.URL
                    || setting == Setting.DRIVER_PROPERTIES
                    || Target.SECRET.matcher(name).matches()
                    || (unit == Unit.TEXT && !PLAIN.matcher(value).matches());
            return delicate ? "..." : value;
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<Setting, Row> bySetting = new EnumMap<>(Setting.class);

    private Dialect(String table) {
        for (String line : text(table).lines().toList()) {
            String[] part = line.strip().split("\\s+", -1);
            if (part[0].isEmpty() || part[0].startsWith("#")) {
                continue;
            }
            Setting setting = part.length > 1 && !part[1].equals("-") ? Setting.valueOf(part[1]) : null;
            Unit unit = part.length > 2 ? Unit.valueOf(part[2]) : Unit.TEXT;
            Row row = new Row(part[0], setting, unit, part.length > 3 ? part[3] : null);
            rows.put(Names.fold(row.name()), row);
            if (setting != null) {
                bySetting.putIfAbsent(setting, row);
            }
        }
    }

    /** The dialect of a kind of pool. */
    public static Dialect of(Kind kind) {
        return READ.computeIfAbsent(kind.table(), Dialect::new);
    }

    /** The line for a name, however it is spelt. */
    public Optional<Row> row(String name) {
        return Optional.ofNullable(rows.get(Names.fold(name)));
    }

    /** The line for a meaning. */
    Optional<Row> row(Setting setting) {
        return Optional.ofNullable(bySetting.get(setting));
    }

    /** All lines. */
    public Iterable<Row> rows() {
        return rows.values();
    }

    /** The names as the documentation writes them. */
    public Set<String> names() {
        return rows.values().stream().map(Row::name).collect(java.util.stream.Collectors.toSet());
    }

    private static String text(String table) {
        try (InputStream in = Objects.requireNonNull(Dialect.class.getResourceAsStream(table + ".table"), table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
