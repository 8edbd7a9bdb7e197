package dev.weir.socketio;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with settings, so that all of it can be said at once. */
final class SettingsCheck {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final List<String> problems = new ArrayList<>();

    void that(boolean holds, String otherwise) {
        if (!holds) {
            problems.add(otherwise);
        }
    }

    long range(String name, long value, long least, long most) {
        that(value >= least && value <= most, name + " is " + value + ": use " + least + " to " + most);
        return value;
    }

    long positive(String name, Duration value) {
        boolean fits = !value.isNegative() && !value.isZero() && value.compareTo(LONGEST) <= 0;
        that(fits, name + " is " + value + ": use more than nothing and at most a year");
        return fits ? value.toNanos() : 1;
    }

    String path(String value) {
        that(value.startsWith("/") && value.endsWith("/"), "path is \"" + value + "\": begin and end it with /");
        return value;
    }

    /** @throws IllegalArgumentException listing every problem */
    void done() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }
}
