package dev.weir.server.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one mapping, each by its name and kind. What is wrong goes on the list of problems and the
 * default stands in, so that one reading finds everything; {@link #done} reports the fields nobody asked for. Names
 * may be written {@code idleTimeout} or {@code idle-timeout}. Not thread-safe.
 */
final class Fields {

    private final YamlNode.Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> taken = new HashSet<>();

    Fields(YamlNode.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    int line() {
        return mapping.line();
    }

    int column() {
        return mapping.column();
    }

    /** Whether the field is there; asking makes its name a known one. */
    boolean has(String name) {
        return find(name) != null;
    }

    @Nullable String text(String name) {
        return read(name, "a text", Function.identity());
    }

    int number(String name, int standard, int least, int most) {
        Integer value = read(name, "a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text.replace("_", ""));
            if (number < least || number > most) {
                throw new NumberFormatException();
            }
            return number;
        });
        return value == null ? standard : value;
    }

    double fraction(String name, double standard) {
        Double value = read(name, "a number such as 0.1", Double::valueOf);
        return value == null ? standard : value;
    }

    boolean flag(String name, boolean standard) {
        Boolean value = read(name, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
        return value == null ? standard : value;
    }

    @Nullable Duration duration(String name) {
        return read(name, "a duration such as 20s", HumanDuration::parse);
    }

    long bytes(String name, long standard) {
        Long value = read(name, "an amount of memory such as 64MiB", ByteSize::parse);
        return value == null ? standard : value;
    }

    /** One of an enum's constants, written {@code like-this}. */
    <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Fields::written).toList();
        return read(name, "one of " + String.join(", ", names), text -> {
            for (E constant : type.getEnumConstants()) {
                if (Suggestion.fold(written(constant)).equals(Suggestion.fold(text))) {
                    return constant;
                }
            }
            throw new IllegalArgumentException();
        });
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A group of fields, or {@code null} when it is not there. */
    @Nullable Fields group(String name) {
        YamlNode.Entry entry = find(name);
        if (entry == null) {
            return null;
        }
        if (entry.value() instanceof YamlNode.Mapping group) {
            return new Fields(group, path + name + ".", problems);
        }
        problem(
                entry,
                name + " must be a group of fields, found " + entry.value().kind());
        return null;
    }

    /** A list of groups of fields; empty when it is not there. */
    List<Fields> groups(String name) {
        YamlNode.Entry entry = find(name);
        List<Fields> groups = new ArrayList<>();
        if (entry == null) {
            return groups;
        }
        if (!(entry.value() instanceof YamlNode.Sequence list)) {
            problem(
                    entry,
                    name + " must be a list, each item begun with '- ', found "
                            + entry.value().kind());
            return groups;
        }
        for (YamlNode item : list.items()) {
            if (item instanceof YamlNode.Mapping group) {
                groups.add(new Fields(group, path + name + "[" + groups.size() + "].", problems));
            } else {
                problems.add(
                        item.line(), item.column(), path + name + " must hold groups of fields, found " + item.kind());
            }
        }
        return groups;
    }

    /** A list of texts, each of which must be as expected; empty when it is not there. */
    List<String> texts(String name, String expected, Predicate<String> fits) {
        YamlNode.Entry entry = find(name);
        List<String> texts = new ArrayList<>();
        if (entry == null) {
            return texts;
        }
        if (!(entry.value() instanceof YamlNode.Sequence list)) {
            problem(
                    entry,
                    name + " must be a list, such as [" + expected.substring(expected.lastIndexOf(' ') + 1)
                            + "], found " + entry.value().kind());
            return texts;
        }
        for (YamlNode item : list.items()) {
            if (item instanceof YamlNode.Scalar scalar && fits.test(scalar.text())) {
                texts.add(scalar.text());
            } else {
                problems.add(
                        item.line(),
                        item.column(),
                        path + name + ": " + item.kind() + " is not what belongs here: write " + expected);
            }
        }
        return texts;
    }

    /** A problem with a field that can be read but cannot work; stands at the group when the field is not in the file. */
    void reject(String name, String why) {
        YamlNode.Entry entry = find(name);
        if (entry == null) {
            problems.add(mapping.line(), mapping.column(), path + why);
        } else {
            problem(entry, why);
        }
    }

    /** Reports the fields that nobody asked for. */
    void done() {
        for (Map.Entry<String, YamlNode.Entry> field : mapping.entries().entrySet()) {
            if (!taken.contains(field.getKey())) {
                String meant = Suggestion.nearest(field.getKey(), known);
                problem(
                        field.getValue(),
                        field.getKey() + " is no field here: "
                                + (meant == null ? "use one of " + String.join(", ", known) : "did you mean " + meant)
                                + (meant == null ? "" : "?"));
            }
        }
    }

    private <T> @Nullable T read(String name, String expected, Function<String, T> parse) {
        YamlNode.Entry entry = find(name);
        if (entry == null) {
            return null;
        }
        if (!(entry.value() instanceof YamlNode.Scalar scalar) || scalar.missing()) {
            problem(
                    entry,
                    name + " must be " + expected + ", found " + entry.value().kind());
            return null;
        }
        try {
            return parse.apply(scalar.text());
        } catch (IllegalArgumentException unreadable) {
            String why = unreadable.getMessage();
            boolean explained = why != null && !(unreadable instanceof NumberFormatException);
            problem(
                    entry,
                    name + ": "
                            + (explained
                                    ? why
                                    : "'" + scalar.text() + "' is not what belongs here: write " + expected));
            return null;
        }
    }

    private YamlNode.@Nullable Entry find(String name) {
        known.add(name);
        for (Map.Entry<String, YamlNode.Entry> field : mapping.entries().entrySet()) {
            if (Suggestion.fold(field.getKey()).equals(Suggestion.fold(name))) {
                taken.add(field.getKey());
                return field.getValue();
            }
        }
        return null;
    }

    private void problem(YamlNode.Entry entry, String what) {
        problems.add(entry.line(), entry.column(), path + what);
    }
}
