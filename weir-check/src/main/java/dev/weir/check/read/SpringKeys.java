package dev.weir.check.read;

import dev.weir.check.facts.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Keys as Spring Boot binds them: dashes, underscores and case do not matter, and a later document goes over an earlier one. */
final class SpringKeys {

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Puts a document over what is there. */
    void put(List<Entry> document) {
        for (Entry entry : document) {
            entries.put(Names.fold(entry.key()), entry);
        }
    }

    Set<String> all() {
        return Set.copyOf(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    /** What stands below a prefix, by the names as written, without it. */
    Map<String, Entry> below(String prefix) {
        Map<String, Entry> below = new LinkedHashMap<>();
        entries.forEach((key, entry) -> {
            if (key.startsWith(prefix + ".")) {
                below.put(entry.key().substring(depth(entry.key(), prefix)), entry);
            }
        });
        return below;
    }

    /** How many characters of a key as written make up a prefix as folded. */
    private static int depth(String written, String prefix) {
        int dots = prefix.length() - prefix.replace(".", "").length() + 1;
        int at = -1;
        for (int i = 0; i < dots; i++) {
            at = written.indexOf('.', at + 1);
        }
        return at + 1;
    }

    /** A prefix as it was written. */
    String written(String prefix) {
        return below(prefix).values().stream()
                .findFirst()
                .map(entry -> entry.key().substring(0, depth(entry.key(), prefix) - 1))
                .orElse(prefix);
    }

    /** A value whose placeholders are resolved; empty when there is none or it cannot be known. */
    Optional<String> text(String key) {
        return entry(key).map(Entry::value).flatMap(placeholders()::resolve).filter(value -> !value.isBlank());
    }

    Placeholders placeholders() {
        return new Placeholders(name -> entry(Names.fold(name)).map(Entry::value));
    }
}
