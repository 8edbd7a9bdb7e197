package dev.weir.metrics.jfr;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.SettingControl;

/** A setting of an event: the duration from which on it is recorded, such as {@code 10 ms}. The smallest one asked for counts. */
public final class Minimum extends SettingControl {

    static final String DEFAULT = "10 ms";

    private static final Pattern DURATION = Pattern.compile("\\s*(\\d{1,12})\\s*(ns|us|ms|s|m|h)\\s*");
    private static final Map<String, TimeUnit> UNITS = Map.of(
            "ns", TimeUnit.NANOSECONDS,
            "us", TimeUnit.MICROSECONDS,
            "ms", TimeUnit.MILLISECONDS,
            "s", TimeUnit.SECONDS,
            "m", TimeUnit.MINUTES,
            "h", TimeUnit.HOURS);

    private volatile String value = DEFAULT;
    private volatile long nanos = nanos(DEFAULT);

    /** For the Flight Recorder. */
    public Minimum() {}

    @Override
    public String combine(Set<String> values) {
        return values.stream().min((a, b) -> Long.compare(nanos(a), nanos(b))).orElse(DEFAULT);
    }

    @Override
    public void setValue(String wanted) {
        value = wanted;
        nanos = nanos(wanted);
    }

    @Override
    public String getValue() {
        return value;
    }

    boolean reaches(long durationNanos) {
        return durationNanos >= nanos;
    }

    /** What cannot be read counts as the default, for a recording must not fail for it. */
    static long nanos(String text) {
        Matcher read = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        TimeUnit unit = read.matches() ? UNITS.get(read.group(2)) : null;
        return unit == null ? TimeUnit.MILLISECONDS.toNanos(10) : unit.toNanos(Long.parseLong(read.group(1)));
    }
}
