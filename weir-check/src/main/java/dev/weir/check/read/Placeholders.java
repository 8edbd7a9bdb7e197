package dev.weir.check.read;

import java.util.Optional;
import java.util.function.Function;

/**
 * Resolves {@code ${name:default}} as Spring does: by the file's own keys, else by the default. The environment of this process is
 * not asked, for it is not that of the service. What stays open makes the whole value unknown.
 */
final class Placeholders {

    private static final int DEEPEST = 8;

    private final Function<String, Optional<String>> keys;

    Placeholders(Function<String, Optional<String>> keys) {
        this.keys = keys;
    }

    /** The value, or nothing when it depends on what the file does not say. */
    Optional<String> resolve(String value) {
        return resolve(value, 0);
    }

    private Optional<String> resolve(String value, int depth) {
        if (value.startsWith("@") && value.endsWith("@") && value.length() > 2) {
            return Optional.empty(); // filled in by Maven
        }
        int start = value.indexOf("${");
        if (start < 0) {
            return Optional.of(value);
        }
        int end = end(value, start + 2);
        if (end < 0 || depth > DEEPEST) {
            return Optional.empty();
        }
        String inner = value.substring(start + 2, end);
        int colon = inner.indexOf(':');
        String name = colon < 0 ? inner : inner.substring(0, colon);
        Optional<String> found = keys.apply(name);
        if (found.isEmpty() && colon >= 0) {
            found = Optional.of(inner.substring(colon + 1));
        }
        return found.flatMap(text -> resolve(text, depth + 1))
                .flatMap(text -> resolve(value.substring(end + 1), depth + 1)
                        .map(rest -> value.substring(0, start) + text + rest));
    }

    private static int end(String value, int from) {
        int open = 1;
        for (int i = from; i < value.length(); i++) {
            if (value.startsWith("${", i)) {
                open++;
            } else if (value.charAt(i) == '}' && --open == 0) {
                return i;
            }
        }
        return -1;
    }
}
