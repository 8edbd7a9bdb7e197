package dev.weir.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
        PoolFields pools = new PoolFields(fields, directory);
        List<PoolPlan> jdbc = pools.jdbc(standard.pools());
        RedisPlan redis = pools.redis();
        HttpPlan http = pools.http();
        MetricsPlan metrics = MetricsPlan.read(fields);
        DashboardPlan dashboard = DashboardPlan.read(fields, directory);
        fields.done();
        problems.throwIfAny(name);
        return new RunPlan(
                jdbc, redis, http, budget, users, scale, duration, drain, schema, database, metrics, dashboard);
    }

    private @Nullable DatabasePlan database(Fields fields) {
        String url = fields.text("url");
        String user = fields.text("user");
        Secret password = Passwords.of(fields, directory);
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
}
