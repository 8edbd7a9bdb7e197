package dev.weir.server.config;

import dev.weir.jdbc.Profile;
import dev.weir.jdbc.SessionReset;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the pools of every kind from a file, whose names must differ over all of them. Not thread-safe. */
final class PoolFields {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";

    private final Fields root;
    private final Path directory;
    private final Set<String> names = new HashSet<>();

    /** Reads from the file's outermost fields; relative paths begin in the directory. */
    PoolFields(Fields root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    /** The pools of JDBC connections; the standard ones when the file names none. */
    List<PoolPlan> jdbc(List<PoolPlan> standard) {
        if (!root.has("pools")) {
            standard.forEach(pool -> names.add(pool.name()));
            return standard;
        }
        List<Fields> groups = root.groups("pools");
        if (groups.isEmpty() || groups.size() > RunPlan.MOST_POOLS) {
            root.reject("pools", "pools has " + groups.size() + " pools: use 1 to " + RunPlan.MOST_POOLS);
        }
        return groups.stream().map(this::jdbcPool).filter(Objects::nonNull).toList();
    }

    private @Nullable PoolPlan jdbcPool(Fields fields) {
        Profile profile = Objects.requireNonNullElse(fields.choice("profile", Profile.class), Profile.SHARED);
        String pool = name(fields, PoolPlan.nameOf(profile));
        int share = fields.number("share", PoolPlan.standardShare(profile), 1, 1_000_000);
        Duration queryTimeout = Objects.requireNonNullElse(fields.duration("queryTimeout"), profile.queryTimeout());
        SessionReset reset =
                Objects.requireNonNullElse(fields.choice("sessionReset", SessionReset.class), SessionReset.PRECISE);
        boolean statistics = fields.flag("statementStatistics", true);
        PoolSettings settings = settings(fields, profile.pool());
        return settings == null ? null : new PoolPlan(pool, profile, settings, queryTimeout, reset, statistics, share);
    }

    /** The Redis part. */
    RedisPlan redis() {
        Fields fields = root.group("redis");
        if (fields == null) {
            return unnamed(RedisPlan.standard(), RedisPlan.standard().name());
        }
        dev.weir.redis.Profile profile = Objects.requireNonNullElse(
                fields.choice("profile", dev.weir.redis.Profile.class),
                RedisPlan.standard().profile());
        RedisPlan standard = RedisPlan.of(profile);
        int users = fields.number("users", standard.users(), 0, RunPlan.MOST_USERS);
        String pool = users == 0 ? standard.name() : name(fields, standard.name());
        Duration queryTimeout = Objects.requireNonNullElse(fields.duration("queryTimeout"), standard.queryTimeout());
        dev.weir.redis.SessionReset reset = Objects.requireNonNullElse(
                fields.choice("sessionReset", dev.weir.redis.SessionReset.class), standard.sessionReset());
        Duration pause = Objects.requireNonNullElse(fields.duration("pause"), standard.pause());
        RedisAccess access = access(fields);
        PoolSettings settings = settings(fields, profile.pool());
        return settings == null
                ? standard
                : new RedisPlan(pool, profile, settings, queryTimeout, reset, users, pause, access);
    }

    private @Nullable RedisAccess access(Fields fields) {
        String url = fields.text("url");
        String user = fields.text("user");
        Secret password = Passwords.of(fields, directory);
        if (url == null) {
            if (user != null || password != null) {
                fields.reject("user", "url is missing, so user and password mean nothing: add url, or remove them");
            }
            return null;
        }
        try {
            RedisUrl.check(url);
        } catch (IllegalArgumentException unusable) {
            fields.reject("url", "url: " + unusable.getMessage());
        }
        if (user != null && password == null) {
            fields.reject("user", "user needs a password too: add passwordFile or passwordEnv");
        }
        return new RedisAccess(url, user, password);
    }

    /** The HTTP part. */
    HttpPlan http() {
        HttpPlan standard = HttpPlan.standard();
        Fields fields = root.group("http");
        if (fields == null) {
            return unnamed(standard, standard.name());
        }
        int users = fields.number("users", standard.users(), 0, RunPlan.MOST_USERS);
        String pool = users == 0 ? standard.name() : name(fields, standard.name());
        Duration answerTimeout = Objects.requireNonNullElse(fields.duration("answerTimeout"), standard.answerTimeout());
        Duration pause = Objects.requireNonNullElse(fields.duration("pause"), standard.pause());
        PoolSettings settings = settings(fields, standard.settings());
        if (settings == null) {
            return standard;
        }
        if (settings.min() > 0) {
            fields.reject("min", "min is " + settings.min() + ": use 0, for HTTP connects when a request needs it");
        }
        return new HttpPlan(pool, settings, answerTimeout, users, pause);
    }

    private String name(Fields fields, String standard) {
        String pool = Objects.requireNonNullElse(fields.text("name"), standard);
        if (!pool.matches(NAME)) {
            fields.reject("name", "name '" + pool + "': use up to 40 letters, digits, '.', '_' and '-'");
        } else if (!names.add(pool)) {
            fields.reject("name", "name '" + pool + "' is taken by another pool: give each its own");
        }
        return pool;
    }

    /** A part that the file says nothing of, and which may yet be in the way of what it says. */
    private <P> P unnamed(P plan, String name) {
        if (!names.add(name)) {
            root.reject(
                    "pools",
                    "the name '" + name + "' is that of the " + name
                            + " part of the load: give the pool another, or say " + name + ": {users: 0}");
        }
        return plan;
    }

    private static @Nullable PoolSettings settings(Fields fields, PoolSettings standard) {
        Map<String, Object> figures = SettingsFields.read(fields, PoolSettings.class, standard);
        fields.done();
        try {
            return SettingsFields.apply(figures, PoolSettings.class, standard.toBuilder())
                    .build();
        } catch (InvalidSettingsException unworkable) {
            // Each problem begins with the setting's name, which leads to its line.
            unworkable.problems().forEach(problem -> fields.reject(problem.split(" ", 2)[0], problem));
            return null;
        }
    }
}
