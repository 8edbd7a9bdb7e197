package dev.weir.check.facts;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool as it is configured: what was written, and the documented defaults of the rest. A setting that was written but cannot be
 * known, such as a placeholder, is neither. Not thread-safe while it is read.
 */
public final class Pool {

    private final Kind kind;
    private final String name;
    private final Syntax syntax;
    private final String prefix;
    private final Place place;
    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final Set<Setting> hidden = EnumSet.noneOf(Setting.class);
    private final Map<String, String> driver = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable Target target;
    private String driverClass = "";
    private boolean ownProtocol;
    private boolean driverHidden;

    /**
     * A pool of which nothing is known yet.
     *
     * @param name as people know it
     * @param prefix what stands before each of its keys in a line
     * @param place where it begins
     */
    public Pool(Kind kind, String name, Syntax syntax, String prefix, Place place) {
        this.kind = kind;
        this.name = name;
        this.syntax = syntax;
        this.prefix = prefix;
        this.place = place;
    }

    /** Says what was written. */
    public void set(Setting setting, Value value) {
        values.put(setting, value);
        hidden.remove(setting);
    }

    /** Says that a setting has a value that cannot be known. */
    public void hide(Setting setting) {
        values.remove(setting);
        hidden.add(setting);
    }

    /** Fills what nobody wrote with the defaults of the dialect. */
    public void fillStandards() {
        for (Dialect.Row row : Dialect.of(kind).rows()) {
            String standard = row.standard();
            Setting setting = row.setting();
            if (setting == null || standard == null || values.containsKey(setting) || hidden.contains(setting)) {
                continue;
            }
            if (standard.startsWith("=")) {
                Value other = values.get(Setting.valueOf(standard.substring(1)));
                if (other != null) {
                    values.put(setting, new Value(other.number(), other.text(), place.withKey(key(row)), false));
                }
            } else {
                row.unit()
                        .parse(standard)
                        .ifPresent(number ->
                                standard(setting, new Value(number, standard, place.withKey(key(row)), false)));
            }
        }
    }

    /** Says what a setting is when nobody writes it. */
    public void standard(Setting setting, Value value) {
        if (!hidden.contains(setting)) {
            values.putIfAbsent(setting, value);
        }
    }

    private String key(Dialect.Row row) {
        return syntax == Syntax.YAML || syntax == Syntax.PROPERTIES ? row.name() : prefix + Names.kebab(row.name());
    }

    /** Says where it connects to. */
    public void connectsTo(@Nullable Target where) {
        target = where;
    }

    /** Says which class connects, for where there is no URL. */
    public void connectsBy(String className) {
        driverClass = className;
    }

    /** Says what the driver is told beside the URL; a secret is left out. */
    public void tellDriver(String parameter, String value) {
        if (!Target.SECRET.matcher(parameter).matches()) {
            driver.put(parameter, value);
        }
    }

    /** Says that the driver may be told more than the URL shows. */
    public void hideDriver() {
        driverHidden = true;
    }

    /** Whether it is known what the driver is told by this name, were it nothing. */
    public boolean tellsOf(String parameter) {
        return !driverHidden
                || target().filter(known -> known.parameters().containsKey(parameter))
                        .isPresent();
    }

    /** Says that the pool is no pool of JDBC connections. */
    public void speaksOwnProtocol() {
        ownProtocol = true;
    }

    /** The kind of the pool. */
    public Kind kind() {
        return kind;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Where it begins. */
    public Place place() {
        return place;
    }

    /** Whether it carries JDBC connections. */
    public boolean isJdbc() {
        return !ownProtocol && kind != Kind.LETTUCE && kind != Kind.JEDIS;
    }

    /** The value of a setting; empty when it is not known. */
    public Optional<Value> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** Where it connects to and what the driver is told; empty when that is not known. */
    public Optional<Target> target() {
        if (target != null) {
            return Optional.of(target.with(driver));
        }
        Product product = Product.ofClass(driverClass);
        if (product == Product.OTHER || values.containsKey(Setting.URL) || hidden.contains(Setting.URL)) {
            return Optional.empty();
        }
        String server = driver.getOrDefault("serverName", driver.getOrDefault("serverNames", ""));
        return Optional.of(new Target(product, server, Map.of(), false).with(driver));
    }

    /** The name of a setting in this pool's dialect. */
    public String nameOf(Setting setting) {
        return Dialect.of(kind)
                .row(setting)
                .map(Dialect.Row::name)
                .orElse(setting.name().toLowerCase(java.util.Locale.ROOT));
    }

    /** The line that would give a setting this number. */
    public String line(Setting setting, long number) {
        Unit unit = Dialect.of(kind).row(setting).map(Dialect.Row::unit).orElse(Unit.COUNT);
        return line(nameOf(setting), unit.write(number));
    }

    /** The line that would give a key this value. */
    public String line(String key, String value) {
        return syntax.line(prefix, key, value);
    }

    /** The line that would give a client of Redis, around its pool, a key this value. */
    public String clientLine(String key, String value) {
        return syntax.line(prefix.replaceFirst("(lettuce|jedis)\\.pool\\.$", ""), key, value);
    }

    /** The line that would tell the driver something: in the URL where it stands there already, for the URL goes before. */
    public String driverLine(String parameter, String value) {
        String pair = parameter + "=" + value;
        Map<String, String> told = target == null ? Map.of() : target.parameters();
        String inUrl = line(nameOf(Setting.URL), "..." + (told.isEmpty() ? "?" : "&") + pair);
        if (told.containsKey(parameter)) {
            return inUrl;
        }
        return switch (kind) {
            case HIKARI ->
                switch (syntax) {
                    case SPRING_YAML -> prefix + "data-source-properties." + parameter + ": " + value;
                    case SPRING_PROPERTIES -> prefix + "data-source-properties." + pair;
                    default -> "dataSource." + pair;
                };
            case WEIR -> syntax == Syntax.YAML ? inUrl : "driver." + pair;
            default -> inUrl;
        };
    }

    /** A setting with its value, as one would say it: {@code maxLifetime (30m by default)}. */
    public String shown(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            return nameOf(setting);
        }
        boolean time =
                Dialect.of(kind).row(setting).map(row -> row.unit().isTime()).orElse(false);
        String text = time && value.number() > 0
                ? Unit.human(value.number())
                : setting == Setting.TEST_QUERY || setting == Setting.USER
                        ? value.text()
                        : Long.toString(value.number());
        boolean flag = Dialect.of(kind)
                .row(setting)
                .map(row -> row.unit() == Unit.FLAG)
                .orElse(false);
        text = flag ? value.number() == 0 ? "false" : "true" : text;
        return nameOf(setting) + (value.written() ? " " + text : " (" + text + " by default)");
    }
}
