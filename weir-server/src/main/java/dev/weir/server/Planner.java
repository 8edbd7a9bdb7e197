package dev.weir.server;

import dev.weir.server.config.ConfigException;
import dev.weir.server.config.ConfigFile;
import dev.weir.server.config.DatabasePlan;
import dev.weir.server.config.JdbcUrl;
import dev.weir.server.config.MetricsPlan;
import dev.weir.server.config.Passwords;
import dev.weir.server.config.RedisAccess;
import dev.weir.server.config.RedisPlan;
import dev.weir.server.config.RedisUrl;
import dev.weir.server.config.RunPlan;
import dev.weir.server.config.Secret;
import dev.weir.server.run.UserThreads;
import dev.weir.server.screen.Terminal;
import java.io.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a run: the defaults, under the file, under the options. */
record Planner(
        @Nullable Path config,
        @Nullable Duration duration,
        @Nullable Integer users,
        @Nullable Integer scale,
        DatabaseOptions database,
        OtherOptions others,
        DashboardOptions dashboard) {

    private static final String VARIABLE = "WEIR_PASSWORD";
    private static final String REDIS_VARIABLE = "WEIR_REDIS_PASSWORD";

    /**
     * Makes it.
     *
     * @throws ConfigException listing every problem
     */
    RunPlan plan(Consumer<String> warnings) {
        RunPlan file = config == null ? RunPlan.standard() : ConfigFile.read(config);
        List<String> problems = new ArrayList<>();
        RunPlan plan = new RunPlan(
                file.pools(),
                redis(file.redis(), problems),
                file.http()
                        .with(Objects.requireNonNullElse(
                                others.httpUsers, file.http().users())),
                file.budgetBytes(),
                Objects.requireNonNullElse(users, file.users()),
                Objects.requireNonNullElse(scale, file.scale()),
                duration != null ? duration : file.duration(),
                file.drainTimeout(),
                Objects.requireNonNullElse(database.schema, file.schema()),
                database(file, problems, warnings),
                metrics(file.metrics(), problems),
                dashboard.over(file.dashboard(), System.getenv()));
        check(plan, problems);
        if (!problems.isEmpty()) {
            throw new ConfigException("this command line", problems);
        }
        return plan;
    }

    private void check(RunPlan plan, List<String> problems) {
        int port = plan.dashboard().port();
        if (port < 0 || port > 65_535) {
            problems.add("--dashboard-port is " + port + ": use 0 for any free port, or 1 to 65535");
        }
        if (duration != null && duration.isZero()) {
            problems.add("--duration is 0: use more than zero, or leave it out to run until Ctrl-C");
        }
        users("--load", plan.users(), 1, problems);
        users("--redis-users", plan.redis().users(), 0, problems);
        users("--http-users", plan.http().users(), 0, problems);
        if (!UserThreads.areVirtual() && plan.allUsers() > UserThreads.MOST_PLATFORM) {
            problems.add("--load and the users of Redis and HTTP are " + plan.allUsers() + ", more than "
                    + UserThreads.MOST_PLATFORM + " users need virtual threads: use Java 21 or later");
        }
        if (plan.scale() < 1 || plan.scale() > RunPlan.LARGEST_SCALE) {
            problems.add("--scale is " + plan.scale() + ": use 1 to " + RunPlan.LARGEST_SCALE);
        }
        if (!plan.schema().matches("[A-Za-z_][A-Za-z0-9_]{0,62}")) {
            problems.add("the schema '" + plan.schema() + "': use up to 63 letters, digits and '_', not a digit first");
        }
    }

    private static void users(String option, int users, int least, List<String> problems) {
        if (users < least || users > RunPlan.MOST_USERS) {
            problems.add(option + " is " + users + ": use " + least + " to " + RunPlan.MOST_USERS);
        }
    }

    private RedisPlan redis(RedisPlan file, List<String> problems) {
        int wanted = Objects.requireNonNullElse(others.redisUsers, file.users());
        RedisAccess given = file.access();
        if (others.redis != null) {
            if (wanted == 0) {
                problems.add("--redis means nothing without users: raise --redis-users, or leave it out");
            }
            try {
                RedisUrl.check(others.redis);
            } catch (IllegalArgumentException unusable) {
                problems.add(String.valueOf(unusable.getMessage()));
            }
            given = new RedisAccess(
                    others.redis, given == null ? null : given.user(), given == null ? null : given.password());
        }
        Map<String, String> environment = System.getenv();
        if (given != null && environment.containsKey(REDIS_VARIABLE)) {
            given = new RedisAccess(given.url(), given.user(), Passwords.fromVariable(REDIS_VARIABLE, environment));
        }
        return file.with(wanted, given);
    }

    private MetricsPlan metrics(MetricsPlan file, List<String> problems) {
        try {
            return file.with(others.metricsPort, others.metricsAddress);
        } catch (IllegalArgumentException unusable) {
            problems.add(String.valueOf(unusable.getMessage()));
            return file;
        }
    }

    private @Nullable DatabasePlan database(RunPlan file, List<String> problems, Consumer<String> warnings) {
        DatabasePlan given = file.database();
        String url = database.url != null ? database.url : given == null ? null : given.url();
        if (url == null) {
            if (database.user != null || database.password != null || database.passwordFile != null) {
                problems.add("--user and --password mean nothing without --url: add it, or leave them out");
            }
            return null;
        }
        try {
            JdbcUrl.check(url);
            String user = database.user != null ? database.user : given == null ? null : given.user();
            return new DatabasePlan(url, user, password(given, user, warnings));
        } catch (IllegalArgumentException unusable) {
            problems.add(String.valueOf(unusable.getMessage()));
            return null;
        }
    }

    private @Nullable Secret password(@Nullable DatabasePlan given, @Nullable String user, Consumer<String> warnings) {
        Map<String, String> environment = System.getenv();
        if (database.passwordFile != null) {
            return Passwords.fromFile(database.passwordFile);
        }
        if (DatabaseOptions.ASK.equals(database.password)) {
            return ask(user);
        }
        if (database.password != null) {
            warnings.accept("A password on the command line can be read by everybody on this machine: better use "
                    + VARIABLE + ", --password-file, or --password without a value");
            return Secret.of(database.password);
        }
        if (environment.containsKey(VARIABLE)) {
            return Passwords.fromVariable(VARIABLE, environment);
        }
        return given == null ? null : given.password();
    }

    private static Secret ask(@Nullable String user) {
        Console console = Terminal.console();
        if (console == null) {
            throw new IllegalArgumentException("--password has no value and there is no terminal to ask on: use "
                    + VARIABLE + " or --password-file");
        }
        char[] typed = console.readPassword("Password%s: ", user == null ? "" : " of " + user);
        if (typed == null) {
            throw new IllegalArgumentException("no password was typed");
        }
        return Secret.of(new String(typed));
    }
}
