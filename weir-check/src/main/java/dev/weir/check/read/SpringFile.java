package dev.weir.check.read;

import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Names;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The data sources and the Redis pool of a Spring Boot application, from the keys that hold under one set of profiles. */
final class SpringFile {

    private static final String MAIN = "spring.datasource";
    private static final Map<String, Kind> GROUPS = new LinkedHashMap<>();

    static {
        GROUPS.put("hikari", Kind.HIKARI);
        GROUPS.put("configuration", Kind.HIKARI);
        GROUPS.put("tomcat", Kind.TOMCAT);
        GROUPS.put("dbcp2", Kind.DBCP2);
    }

    private final Subject subject;
    private final SpringKeys keys;
    private final Syntax syntax;
    private final boolean whole;

    /**
     * Reads keys into a subject.
     *
     * @param whole whether these are all keys of the application; else what is not written is not known
     */
    SpringFile(Subject subject, SpringKeys keys, Syntax syntax, boolean whole) {
        this.subject = subject;
        this.keys = keys;
        this.syntax = syntax;
        this.whole = whole;
    }

    void read() {
        Set<String> prefixes = new TreeSet<>();
        for (String key : keys.all()) {
            String prefix = key.contains(".") ? key.substring(0, key.lastIndexOf('.')) : "";
            if (key.endsWith(".jdbcurl") && !prefix.endsWith(".hikari") && !prefix.endsWith(".configuration")) {
                prefixes.add(prefix);
            }
            for (String group : GROUPS.keySet()) {
                int at = key.indexOf("." + group + ".");
                if (at > 0 && (keys.has(key.substring(0, at) + ".url") || key.startsWith(MAIN + "." + group))) {
                    prefixes.add(key.substring(0, at));
                }
            }
            if (key.equals(MAIN + ".url")) {
                prefixes.add(MAIN);
            }
        }
        prefixes.forEach(this::dataSource);
        new SpringRedis(subject, keys, syntax, whole).read();
        new SpringSurroundings(subject, keys).read();
    }

    private void dataSource(String prefix) {
        boolean direct = keys.has(prefix + ".jdbcurl");
        Kind kind = direct ? Kind.HIKARI : kind(prefix);
        if (kind == Kind.NONE) {
            return;
        }
        String group = direct ? "" : group(prefix, kind);
        Map<String, Entry> settings = keys.below(prefix + (group.isEmpty() ? "" : "." + group));
        Place place = keys.below(prefix).values().iterator().next().place();
        String written = keys.written(prefix) + (group.isEmpty() ? "." : "." + group + ".");
        Pool pool = new Pool(kind, prefix.equals(MAIN) ? "dataSource" : prefix, syntax, written, place);
        PoolReader reader = new PoolReader(subject, keys.placeholders());
        if (!direct) {
            reader.read(pool, common(prefix, kind), Oddity.About.NAME_IGNORED, false);
            oddNames(prefix, kind, written);
        }
        settings.keySet().removeIf(name -> direct && Dialect.of(kind).row(name).isEmpty() && !name.contains("."));
        reader.read(pool, settings, Oddity.About.NAME_IGNORED, false);
        if (whole) {
            springsOwn(pool, kind);
            pool.fillStandards();
        }
        subject.add(pool);
    }

    /** Where Spring Boot sets something itself, the pool's own default says nothing. */
    private static void springsOwn(Pool pool, Kind kind) {
        for (Setting setting : kind == Kind.TOMCAT
                ? new Setting[] {Setting.TEST_ON_BORROW, Setting.REGISTERED}
                : new Setting[] {Setting.REGISTERED}) {
            if (pool.value(setting).isEmpty()) {
                pool.hide(setting);
            }
        }
    }

    private Kind kind(String prefix) {
        Optional<String> type = keys.text(prefix + ".type").map(name -> name.toLowerCase(Locale.ROOT));
        if (type.isPresent()) {
            return type.get().contains("hikari")
                    ? Kind.HIKARI
                    : type.get().contains("tomcat")
                            ? Kind.TOMCAT
                            : type.get().contains("dbcp2") ? Kind.DBCP2 : Kind.NONE;
        }
        if (!keys.below(prefix + ".druid").isEmpty() || keys.has(prefix + ".jndiname") || keys.has(prefix + ".type")) {
            return Kind.NONE;
        }
        for (Map.Entry<String, Kind> group : GROUPS.entrySet()) {
            if (!keys.below(prefix + "." + group.getKey()).isEmpty()) {
                return group.getValue();
            }
        }
        return keys.text(prefix + ".url")
                        .filter(url -> url.startsWith("jdbc:h2:mem"))
                        .isPresent()
                ? Kind.NONE
                : Kind.HIKARI;
    }

    private String group(String prefix, Kind kind) {
        return GROUPS.entrySet().stream()
                .filter(group -> group.getValue() == kind)
                .map(Map.Entry::getKey)
                .filter(group -> !keys.below(prefix + "." + group).isEmpty())
                .findFirst()
                .orElse(kind == Kind.TOMCAT ? "tomcat" : kind == Kind.DBCP2 ? "dbcp2" : "hikari");
    }

    /** What is said once for whatever pool it becomes. */
    private Map<String, Entry> common(String prefix, Kind kind) {
        Map<String, Entry> common = new LinkedHashMap<>();
        keys.entry(prefix + ".url").ifPresent(entry -> common.put(kind == Kind.HIKARI ? "jdbcUrl" : "url", entry));
        keys.entry(prefix + ".username").ifPresent(entry -> common.put("username", entry));
        keys.entry(prefix + ".password").ifPresent(entry -> common.put("password", entry));
        return common;
    }

    private void oddNames(String prefix, Kind used, String written) {
        for (Map.Entry<String, Entry> other : keys.below(prefix).entrySet()) {
            String name = other.getKey();
            Kind owner = GROUPS.get(Names.fold(name.contains(".") ? name.substring(0, name.indexOf('.')) : ""));
            if (owner != null && owner != used) {
                subject.add(new Oddity(
                        Oddity.About.OTHER_POOL,
                        other.getValue().place(),
                        "the pool is " + used.title() + ", so this setting of " + owner.title() + " has no effect",
                        ""));
            } else if (prefix.equals(MAIN) && !name.contains(".") && isOld(name)) {
                subject.add(new Oddity(
                        Oddity.About.NAME_OF_OLD,
                        other.getValue().place(),
                        "Spring Boot reads " + name + " only below the pool's own name since 2.0",
                        Dialect.of(used)
                                .row(name)
                                .map(row -> syntax.line(
                                        written,
                                        row.name(),
                                        row.shown(other.getValue().value())))
                                .orElse("")));
            }
        }
    }

    private static boolean isOld(String name) {
        if (Set.of("url", "username", "password", "driverclassname", "type", "name", "schema", "jndiname")
                .contains(Names.fold(name))) {
            return false;
        }
        return GROUPS.values().stream()
                .anyMatch(kind -> Dialect.of(kind).row(name).isPresent());
    }

    /** A host and a port as a target. */
    static Target redis(String hosts, boolean tls) {
        return new Target(dev.weir.check.facts.Product.REDIS, hosts, tls ? Map.of("ssl", "true") : Map.of(), false);
    }

    /** A flag that somebody wrote, or that holds when nobody does. */
    static Value flag(boolean on, Place place, boolean written) {
        return new Value(on ? 1 : 0, Boolean.toString(on), place, written);
    }
}
