package dev.weir.check.read;

import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Names;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Unit;
import dev.weir.check.facts.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Gives a pool the values that were written for it, and says what was odd about them. */
final class PoolReader {

    /** What begins the name of a property that is meant for the driver. */
    private static final Pattern FOR_DRIVER = Pattern.compile("(?i)(data-?source(-?properties)?|driver)\\.(?<name>.+)");

    private static final Pattern NO_NAME = Pattern.compile("(?i)health-?check-?properties\\..+");
    private static final Pattern OPEN = Pattern.compile("\\$\\{[^{}:]*\\}");

    /** A password that is not in plain text: encrypted for Spring Cloud or by Jasypt. */
    private static final Pattern SEALED = Pattern.compile("(\\{cipher\\}|ENC\\().*", Pattern.DOTALL);

    private final Subject subject;
    private final Placeholders placeholders;

    PoolReader(Subject subject, Placeholders placeholders) {
        this.subject = subject;
        this.placeholders = placeholders;
    }

    /**
     * Reads the entries of a pool.
     *
     * @param names what an unknown name is
     * @param exactly whether the pool insists on the spelling
     */
    void read(Pool pool, Map<String, Entry> entries, Oddity.About names, boolean exactly) {
        Dialect dialect = Dialect.of(pool.kind());
        entries.forEach((name, entry) -> {
            Optional<Dialect.Row> row =
                    dialect.row(name).filter(known -> !exactly || known.name().equals(name));
            var forDriver = FOR_DRIVER.matcher(name);
            if (row.isPresent()) {
                value(pool, row.get(), entry);
            } else if (forDriver.matches()) {
                placeholders
                        .resolve(entry.value())
                        .ifPresent(value -> pool.tellDriver(String.valueOf(forDriver.group("name")), value));
                secret(pool, String.valueOf(forDriver.group("name")), entry);
            } else if (!NO_NAME.matcher(name).matches()) {
                unknown(pool, dialect, name, entry, names);
            }
        });
    }

    private void unknown(Pool pool, Dialect dialect, String name, Entry entry, Oddity.About about) {
        Optional<String> meant = Names.nearest(name, dialect.names());
        String line = meant.flatMap(dialect::row)
                .map(row -> pool.line(row.name(), row.shown(entry.value())))
                .orElse("");
        String what = pool.kind().title() + " has no setting " + name;
        subject.add(new Oddity(
                about,
                entry.place(),
                meant.map(near -> what + "; " + near + " is the nearest").orElse(what),
                line));
    }

    private void value(Pool pool, Dialect.Row row, Entry entry) {
        Setting setting = row.setting();
        if (setting == Setting.URL) {
            url(pool, entry);
            return;
        }
        Optional<String> resolved = placeholders.resolve(entry.value());
        if (row.unit() == Unit.SECRET) {
            secret(pool, row.name(), entry);
            return;
        }
        if (resolved.isEmpty() || resolved.get().isBlank()) {
            if (setting != null && resolved.isEmpty()) {
                pool.hide(setting);
            }
            return;
        }
        String text = resolved.get();
        OptionalLong number = row.unit().parse(text);
        if (number.isEmpty()) {
            unreadable(pool, row, entry, text);
        } else if (setting == Setting.DRIVER_PROPERTIES) {
            for (String pair : text.split(";", -1)) {
                String[] part = pair.split("=", 2);
                pool.tellDriver(part[0].strip(), part.length > 1 ? part[1].strip() : "");
            }
        } else if (setting != null) {
            pool.set(setting, new Value(number.getAsLong(), text, entry.place(), true));
            if (setting == Setting.DATA_SOURCE_CLASS) {
                pool.connectsBy(text);
            }
        }
    }

    private void unreadable(Pool pool, Dialect.Row row, Entry entry, String text) {
        Setting setting = row.setting();
        OptionalLong duration = Unit.duration(text);
        String line = "";
        if (setting != null) {
            pool.hide(setting);
            line = duration.isPresent() && row.unit() != Unit.COUNT
                    ? pool.line(setting, duration.getAsLong())
                    : pool.line(row.name(), row.unit() == Unit.HUMAN ? withUnit(text.strip()) : "...");
        }
        subject.add(new Oddity(
                Oddity.About.VALUE_UNREADABLE,
                entry.place(),
                row.name() + " is '" + text + "', which " + pool.kind().title() + " cannot read as "
                        + switch (row.unit()) {
                            case MS -> "a number of milliseconds";
                            case S -> "a number of seconds";
                            case FLAG -> "true or false";
                            case HUMAN -> "a time with its unit";
                            case DURATION -> "a time";
                            default -> "a number";
                        },
                line));
    }

    /** Who writes thousands means milliseconds, as with most pools; of a few nobody can tell. */
    private static String withUnit(String text) {
        return text.matches("\\d{4,12}") ? text + "ms" : text.matches("\\d{1,3}") ? text + "s" : "...";
    }

    private void secret(Pool pool, String name, Entry entry) {
        if (!Target.SECRET.matcher(name).matches()
                || name.toLowerCase(Locale.ROOT).endsWith("file")) {
            return;
        }
        boolean plain = placeholders
                .resolve(entry.value())
                .filter(text -> !text.isBlank() && !SEALED.matcher(text.strip()).matches())
                .isPresent();
        if (plain) {
            pool.set(Setting.PASSWORD, new Value(1, "", entry.place(), true));
        }
    }

    private void url(Pool pool, Entry entry) {
        // What the host is may be open; what the driver is told may not.
        String written = entry.value();
        int question = written.indexOf('?');
        String start = question < 0 ? written : written.substring(0, question);
        String rest = question < 0 ? "" : written.substring(question);
        Optional<String> resolved = placeholders.resolve(written);
        if (resolved.isEmpty() && !start.startsWith("$")) {
            resolved = placeholders
                    .resolve(OPEN.matcher(start).replaceAll(""))
                    .flatMap(place -> placeholders.resolve(rest).map(parameters -> place + parameters));
        }
        Optional<Target> target = resolved.flatMap(Target::of);
        if (target.isEmpty()) {
            pool.hide(Setting.URL);
            return;
        }
        pool.connectsTo(target.get());
        pool.set(
                Setting.URL,
                new Value(
                        target.get().hasPassword() ? 1 : 0,
                        target.get().product().title(),
                        entry.place(),
                        true));
    }
}
