package dev.weir.server.config;

import dev.weir.jdbc.Profile;
import dev.weir.jdbc.SessionReset;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RunPlan} from YAML; {@code docs/example.yaml} shows every field. Not thread-safe. */
public final class ConfigFile {

    private static final long LARGEST_FILE = 1 << 20;

    private final String name;
    private final Path directory;
    private final Problems problems = new Problems();

    private ConfigFile(String name, Path directory) {
        this.name = name;
        this.directory = directory;
    }

    /**
     * Reads a file; what it leaves out stays as in {@link RunPlan#standard()}.
     *
     * @throws ConfigException listing every problem by line and column
     */
    public static RunPlan read(Path file) {
        Path directory = Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of("/"));
        try {
            if (Files.size(file) > LARGEST_FILE) {
                throw new ConfigException(file.toString(), List.of("it is larger than 1 MiB: is it the right file?"));
            }
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8), directory);
        } catch (NoSuchFileException missing) {
            throw new ConfigException(file.toString(), List.of("there is no such file"));
        } catch (IOException unreadable) {
            throw new ConfigException(file.toString(), List.of("it cannot be read: " + unreadable.getMessage()));
        }
    }

    /** Reads a text; {@code name} stands for the file in messages, {@code directory} is where relative paths begin. */
    static RunPlan parse(String name, String text, Path directory) {
        return new ConfigFile(name, directory).plan(YamlDocument.read(name, text));
    }

    private RunPlan plan(YamlNode.Mapping root) {
        RunPlan standard = RunPlan.standard();
        Fields fields = new Fields(root, "", problems);
        Duration duration = fields.duration("duration");
        if (duration != null && duration.isZero()) {
            fields.reject("duration", "duration is 0: use more than zero, or leave it out to run until Ctrl-C");
        }
        long budget = fields.bytes("budget", standard.budgetBytes());
        if (budget < 1) {
            fields.reject("budget", "budget is 0: use at least 1MiB");
        }
        Duration drain = Objects.requireNonNullElse(fields.duration("drainTimeout"), standard.drainTimeout());
        Fields load = fields.group("load");
        int users = standard.users();
        int scale = standard.scale();
        if (load != null) {
            users = load.number("users", users, 1, RunPlan.MOST_USERS);
            scale = load.number("scale", scale, 1, RunPlan.LARGEST_SCALE);
            load.done();
        }
        String schema = standard.schema();
        DatabasePlan database = null;
        Fields connection = fields.group("database");
        if (connection != null) {
            schema = Objects.requireNonNullElse(connection.text("schema"), schema);
            database = database(connection);
        }
        List<PoolPlan> pools = fields.has("pools") ? pools(fields) : standard.pools();
        fields.done();
        problems.throwIfAny(name);
        return new RunPlan(pools, budget, users, scale, duration, drain, schema, database);
    }

    private @Nullable DatabasePlan database(Fields fields) {
        String url = fields.text("url");
        String user = fields.text("user");
        Secret password = password(fields);
        fields.done();
        if (url == null) {
            if (user != null || password != null) {
                fields.reject("user", "url is missing, so user and password mean nothing: add url, or remove them");
            }
            return null;
        }
        try {
            JdbcUrl.check(url);
        } catch (IllegalArgumentException unusable) {
            fields.reject("url", String.valueOf(unusable.getMessage()));
        }
        return new DatabasePlan(url, user, password);
    }

    private @Nullable Secret password(Fields fields) {
        String file = fields.text("passwordFile");
        String variable = fields.text("passwordEnv");
        if (fields.has("password")) {
            fields.reject("password", "a password does not belong in this file: use passwordFile or passwordEnv");
        }
        if (file != null && variable != null) {
            fields.reject("passwordEnv", "passwordFile is given too: keep one of them");
        }
        try {
            if (file != null) {
                return Passwords.fromFile(directory.resolve(file));
            }
            return variable == null ? null : Passwords.fromVariable(variable, System.getenv());
        } catch (IllegalArgumentException missing) {
            fields.reject(file == null ? "passwordEnv" : "passwordFile", String.valueOf(missing.getMessage()));
            return null;
        }
    }

    private List<PoolPlan> pools(Fields fields) {
        List<Fields> groups = fields.groups("pools");
        if (groups.isEmpty() || groups.size() > RunPlan.MOST_POOLS) {
            fields.reject("pools", "pools has " + groups.size() + " pools: use 1 to " + RunPlan.MOST_POOLS);
        }
        Set<String> names = new HashSet<>();
        return groups.stream()
                .map(group -> pool(group, names))
                .filter(Objects::nonNull)
                .toList();
    }

    private @Nullable PoolPlan pool(Fields fields, Set<String> names) {
        Profile profile = Objects.requireNonNullElse(fields.choice("profile", Profile.class), Profile.SHARED);
        String given = fields.text("name");
        String pool = given == null ? PoolPlan.nameOf(profile) : given;
        if (!pool.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,39}")) {
            fields.reject("name", "name '" + pool + "': use up to 40 letters, digits, '.', '_' and '-'");
        } else if (!names.add(pool)) {
            fields.reject("name", "name '" + pool + "' is taken by another pool: give each its own");
        }
        int share = fields.number("share", PoolPlan.standardShare(profile), 1, 1_000_000);
        Duration queryTimeout = Objects.requireNonNullElse(fields.duration("queryTimeout"), profile.queryTimeout());
        SessionReset reset =
                Objects.requireNonNullElse(fields.choice("sessionReset", SessionReset.class), SessionReset.PRECISE);
        Map<String, Object> figures = SettingsFields.read(fields, PoolSettings.class, profile.pool());
        fields.done();
        try {
            PoolSettings settings = SettingsFields.apply(figures, PoolSettings.class, profile.pool().toBuilder())
                    .build();
            return new PoolPlan(pool, profile, settings, queryTimeout, reset, share);
        } catch (InvalidSettingsException unworkable) {
            // Each problem begins with the setting's name, which leads to its line.
            unworkable.problems().forEach(problem -> fields.reject(problem.split(" ", 2)[0], problem));
            return null;
        }
    }
}
