package dev.weir.check.read;

import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The configuration of {@code weir run}: pools of JDBC connections, one of Redis, one of HTTP, under a budget. */
final class WeirFile {

    private static final Pattern GROUP = Pattern.compile("(?<group>pools\\[\\d+\\]|redis|http|database)\\.(?<name>.+)");
    private static final Pattern BYTES = Pattern.compile("(?i)(\\d{1,15})\\s*(b|kib|mib|gib|kb|mb|gb|k|m|g)?");

    private final Subject subject;
    private final PoolReader reader;
    private final Map<String, Map<String, Entry>> groups = new LinkedHashMap<>();

    private WeirFile(Subject subject) {
        this.subject = subject;
        this.reader = new PoolReader(subject, new Placeholders(key -> Optional.empty()));
    }

    /** Whether this looks like such a file. */
    static boolean isOne(List<Entry> entries) {
        return entries.stream()
                .map(Entry::key)
                .anyMatch(key -> key.startsWith("pools[") || key.matches("budget|load\\..*"));
    }

    static void read(Subject subject, List<Entry> entries) {
        WeirFile file = new WeirFile(subject);
        for (Entry entry : entries) {
            Matcher group = GROUP.matcher(entry.key());
            if (group.matches()) {
                file.groups
                        .computeIfAbsent(String.valueOf(group.group("group")), name -> new LinkedHashMap<>())
                        .put(String.valueOf(group.group("name")), entry);
            } else if (entry.key().equals("budget")) {
                bytes(entry.value()).ifPresent(number -> subject.add(Fact.BUDGET, Value.of(number, entry.place())));
            } else {
                WeirNames.surroundings(subject, entry);
            }
        }
        file.groups.forEach(file::pool);
    }

    private void pool(String group, Map<String, Entry> entries) {
        Place place = entries.values().iterator().next().place().withKey(group);
        if (group.equals("database")) {
            return;
        }
        String profile = text(entries, "profile").orElse(group.equals("redis") ? "frugal" : "shared");
        String name = text(entries, "name").orElse(group.startsWith("pools[") ? profile : group);
        Pool pool = new Pool(Kind.WEIR, name, Syntax.YAML, "", place);
        reader.read(pool, entries, Oddity.About.NAME_REFUSED, false);
        entries.forEach((key, entry) -> WeirNames.choice(subject, key, entry));
        if (group.startsWith("pools[")) {
            Map<String, Entry> database = groups.getOrDefault("database", Map.of());
            Map<String, Entry> shared = new LinkedHashMap<>(database);
            shared.remove("schema");
            reader.read(pool, shared, Oddity.About.NAME_REFUSED, false);
        } else {
            pool.speaksOwnProtocol();
        }
        if (!group.equals("http")) {
            WeirProfiles.fill(pool, profile);
        } else if (pool.value(Setting.MAX).isPresent()) {
            pool.standard(Setting.MIN, new Value(0, "0", place.withKey("min"), false));
        }
        subject.add(pool);
    }

    private static Optional<String> text(Map<String, Entry> entries, String name) {
        return Optional.ofNullable(entries.get(name)).map(Entry::value).filter(value -> !value.isBlank());
    }

    /** Bytes as Weir writes them; empty for anything else. */
    static Optional<Long> bytes(String text) {
        Matcher size = BYTES.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        String unit = size.group(2) == null ? "b" : size.group(2).toLowerCase(java.util.Locale.ROOT);
        long factor = switch (unit) {
            case "k", "kib" -> 1L << 10;
            case "m", "mib" -> 1L << 20;
            case "g", "gib" -> 1L << 30;
            case "kb" -> 1_000L;
            case "mb" -> 1_000_000L;
            case "gb" -> 1_000_000_000L;
            default -> 1L;
        };
        return Optional.of(Long.parseLong(String.valueOf(size.group(1))) * factor);
    }
}
