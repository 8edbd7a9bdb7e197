package dev.weir.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.jdbc.Profile;
import dev.weir.jdbc.SessionReset;
import dev.weir.pool.LeakStacks;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.QueuePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    @TempDir
    Path directory;

    private RunPlan parse(String text) {
        return ConfigFile.parse("weir.yaml", text, directory);
    }

    private List<String> problems(String text) {
        ConfigException refused = catchThrowableOfType(ConfigException.class, () -> parse(text));
        assertThat(refused).as("the file is refused").isNotNull();
        assertThat(refused).hasMessageStartingWith("weir.yaml cannot be used:\n  line ");
        return refused.problems();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a remark\n", "---\n"})
    void anEmptyFileChangesNothing(String text) {
        assertThat(parse(text)).isEqualTo(RunPlan.standard());
    }

    @Test
    void theDashboardCanBeGiven() throws IOException {
        Files.writeString(directory.resolve("token"), "a-token-of-the-tests\n");
        DashboardPlan dashboard = parse("""
                dashboard:
                  enabled: false
                  host: 0.0.0.0
                  port: 7070
                  token-file: token
                  allowed-hosts: [weir.example, 10.0.0.7]
                  allowedOrigins: ["https://weir.example", "http://weir.example:8080"]
                """).dashboard();
        assertThat(dashboard.enabled()).isFalse();
        assertThat(dashboard.host()).isEqualTo("0.0.0.0");
        assertThat(dashboard.port()).isEqualTo(7070);
        assertThat(Objects.requireNonNull(dashboard.token()).reveal()).isEqualTo("a-token-of-the-tests");
        assertThat(dashboard.allowedHosts()).containsExactly("weir.example", "10.0.0.7");
        assertThat(dashboard.allowedOrigins()).containsExactly("https://weir.example", "http://weir.example:8080");
        assertThat(dashboard.toString()).doesNotContain("a-token");
    }

    @Test
    void whatIsWrongWithTheDashboardIsToldByItsLine() throws IOException {
        Files.writeString(directory.resolve("token"), "short\n");
        assertThat(problems("""
                        dashboard:
                          enabled: perhaps
                          host: weir.example
                          port: 70000
                          token: a-token-of-the-tests
                          tokenFile: token
                          allowedHosts: ["weir.example:80", x]
                          allowedOrigins: weir.example
                          colour: blue
                        """))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("line 2").contains("dashboard.enabled"),
                        problem -> assertThat(problem).startsWith("line 3").contains("use an IP address"),
                        problem -> assertThat(problem).startsWith("line 4").contains("0 to 65535"),
                        problem -> assertThat(problem)
                                .startsWith("line 5")
                                .contains("use tokenFile or tokenEnv")
                                .doesNotContain("a-token-of"),
                        problem -> assertThat(problem)
                                .startsWith("line 6")
                                .contains("16 to 256")
                                .doesNotContain("short"),
                        problem -> assertThat(problem).startsWith("line 7").contains("weir.example:80"),
                        problem -> assertThat(problem).startsWith("line 8").contains("must be a list"),
                        problem -> assertThat(problem).startsWith("line 9").contains("colour"));
    }

    @Test
    void everyPartCanBeGiven() {
        RunPlan plan = parse("""
                duration: 1m30s
                budget: 8MiB
                drainTimeout: 2s
                load:
                  users: 40
                  scale: 3
                database:
                  schema: trial
                pools:
                  - name: orders
                    profile: frugal
                    share: 3
                    min: 2
                    max: 7
                    acquireTimeout: 750ms
                    queuePolicy: delay-target
                    leakStacks: always
                    lifetimeJitter: 0.2
                    reclaimLeaks: true
                    budgetCeiling: 2MiB
                    queryTimeout: 3s
                    sessionReset: strict
                  - profile: performance
                """);
        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(plan.budgetBytes()).isEqualTo(8L << 20);
        assertThat(plan.drainTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(plan.users()).isEqualTo(40);
        assertThat(plan.scale()).isEqualTo(3);
        assertThat(plan.schema()).isEqualTo("trial");
        assertThat(plan.database()).isNull();
        PoolPlan orders = plan.pools().get(0);
        assertThat(orders.name()).isEqualTo("orders");
        assertThat(orders.profile()).isEqualTo(Profile.FRUGAL);
        assertThat(orders.share()).isEqualTo(3);
        assertThat(orders.queryTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(orders.sessionReset()).isEqualTo(SessionReset.STRICT);
        assertThat(orders.settings())
                .isEqualTo(PoolSettings.frugal().toBuilder()
                        .min(2)
                        .max(7)
                        .acquireTimeout(Duration.ofMillis(750))
                        .queuePolicy(QueuePolicy.DELAY_TARGET)
                        .leakStacks(LeakStacks.ALWAYS)
                        .lifetimeJitter(0.2)
                        .reclaimLeaks(true)
                        .budgetCeiling(2L << 20)
                        .build());
        assertThat(plan.pools().get(1)).isEqualTo(PoolPlan.of(Profile.PERFORMANCE));
    }

    @Test
    void theLoadBesideTheDatabaseCanBeGiven() throws IOException {
        Files.writeString(directory.resolve("secret"), "hunter2\n");
        RunPlan plan = parse("""
                redis:
                  name: cache
                  users: 9
                  pause: 0
                  profile: performance
                  max: 7
                  queryTimeout: 3s
                  sessionReset: strict
                  url: rediss://cache:6380/2
                  user: weir
                  passwordFile: secret
                http: {name: api, users: 3, pause: 1s, max: 2, answerTimeout: 750ms}
                """);
        RedisPlan redis = plan.redis();
        assertThat(redis.name()).isEqualTo("cache");
        assertThat(redis.users()).isEqualTo(9);
        assertThat(redis.pause()).isZero();
        assertThat(redis.profile()).isEqualTo(dev.weir.redis.Profile.PERFORMANCE);
        assertThat(redis.settings())
                .isEqualTo(PoolSettings.performance().toBuilder().max(7).build());
        assertThat(redis.queryTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(redis.sessionReset()).isEqualTo(dev.weir.redis.SessionReset.STRICT);
        RedisAccess access = Objects.requireNonNull(redis.access());
        assertThat(access.url()).isEqualTo("rediss://cache:6380/2");
        assertThat(access.user()).isEqualTo("weir");
        assertThat(Objects.requireNonNull(access.password()).reveal()).isEqualTo("hunter2");
        assertThat(plan.toString()).doesNotContain("hunter2");
        HttpPlan http = plan.http();
        assertThat(http.name()).isEqualTo("api");
        assertThat(http.users()).isEqualTo(3);
        assertThat(http.pause()).isEqualTo(Duration.ofSeconds(1));
        assertThat(http.settings())
                .isEqualTo(HttpPlan.standard().settings().toBuilder().max(2).build());
        assertThat(http.answerTimeout()).isEqualTo(Duration.ofMillis(750));
        assertThat(plan.allUsers()).isEqualTo(28);
    }

    @Test
    void bothCanBeLeftOut() {
        RunPlan plan = parse("redis: {users: 0}\nhttp: {users: 0}\npools: [{name: redis}, {name: http}]");
        assertThat(plan.redis().isWanted()).isFalse();
        assertThat(plan.http().isWanted()).isFalse();
        assertThat(plan.pools()).hasSize(2);
    }

    @Test
    void theirProblemsHavePlacesToo() {
        assertThat(problems("""
                redis:
                  users: some
                  url: redis://me:hunter2@cache
                  user: me
                  colour: red
                  reapInterval: never
                http:
                  name: shared
                  min: 1
                """))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("line 2, column 3: redis.users: 'some' is not"),
                        problem -> assertThat(problem)
                                .startsWith("line 3, column 3: redis.url: the URL of Redis must not hold credentials")
                                .doesNotContain("hunter2"),
                        problem -> assertThat(problem).startsWith("line 4, column 3: redis.user needs a password too"),
                        problem -> assertThat(problem).startsWith("line 5, column 3: redis.colour is no field here"),
                        problem ->
                                assertThat(problem).startsWith("line 6, column 3: redis.reapInterval: 'never' is not"),
                        problem -> assertThat(problem).startsWith("line 8, column 3: http.name 'shared' is taken"),
                        problem -> assertThat(problem).startsWith("line 9, column 3: http.min is 1: use 0"));
        assertThat(problems("pools: [{name: redis}]"))
                .singleElement()
                .asString()
                .contains("the name 'redis' is that of the redis part of the load");
    }

    @Test
    void namesMayBeWrittenWithDashes() {
        assertThat(parse("pools: [{profile: shared, idle-timeout: 7s}]")
                        .pools()
                        .get(0)
                        .settings()
                        .idleTimeout())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void everyProblemIsNamedAtOnceWithItsPlaceAndItsMend() {
        assertThat(problems("""
                duraton: 20s
                load:
                  users: many
                budget: lots
                pools:
                  - name: a
                    min: 9
                    idleTimeout: 20
                  - name: a
                    profile: huge
                    maxLifetime: [1]
                  - just a text
                """))
                .containsExactly(
                        "line 1, column 1: duraton is no field here: did you mean duration?",
                        "line 3, column 3: load.users: 'many' is not what belongs here: write a whole number from 1 to"
                                + " 100000",
                        "line 4, column 1: budget: 'lots' is not an amount of memory: write 64MiB, 512KiB, 1GiB or a"
                                + " number of bytes",
                        "line 7, column 5: pools[0].min is 9 but max is 5: lower min or raise max",
                        "line 8, column 5: pools[0].idleTimeout: '20' has no unit: write 500ms, 20s, 2m, 1h, 1m30s or"
                                + " PT20S",
                        "line 9, column 5: pools[1].name 'a' is taken by another pool: give each its own",
                        "line 10, column 5: pools[1].profile: 'huge' is not what belongs here: write one of shared,"
                                + " frugal, performance",
                        "line 11, column 5: pools[1].maxLifetime must be a duration such as 20s, found a list",
                        "line 12, column 5: pools must hold groups of fields, found 'just a text'");
    }

    @Test
    void settingsThatCannotWorkTogetherAreAllNamed() {
        assertThat(problems("""
                pools:
                  - profile: shared
                    max: 0
                    acquireTimeout: 0
                    maxWaiters: -1
                """))
                .containsExactly(
                        "line 2, column 5: pools[0].min is 1 but max is 0: lower min or raise max",
                        "line 3, column 5: pools[0].max is 0: use 1 to 10000",
                        "line 4, column 5: pools[0].acquireTimeout is PT0S: use more than zero, at most a year",
                        "line 5, column 5: pools[0].maxWaiters is -1: use 0 to 1000000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "duration: [20s",
                "duration: 20s\nduration: 30s",
                "- a\n- b",
                "just a text",
                "a: &x 1\nb: *x",
                "duration: 20s\n---\nduration: 30s",
                "\tduration: 20s",
                "pools: 7",
                "pools: []",
                "load: 16",
                "duration:",
                "duration: 0"
            })
    void whatCannotBeReadIsNamedWithItsPlace(String text) {
        assertThat(problems(text)).isNotEmpty().allMatch(problem -> problem.matches("(?s)line \\d+, column \\d+: .+"));
    }

    @Test
    void aDatabaseIsReachedWithAPasswordFromAFile() throws IOException {
        Files.writeString(directory.resolve("secret"), "hunter2\n");
        DatabasePlan database = parse("""
                database:
                  url: jdbc:postgresql://db.example:5432/app
                  user: weir
                  passwordFile: secret
                """).database();
        assertThat(database).isNotNull();
        assertThat(database.user()).isEqualTo("weir");
        assertThat(database.password()).isNotNull();
        assertThat(database.password().reveal()).isEqualTo("hunter2");
        assertThat(database.toString()).doesNotContain("hunter2");
    }

    @Test
    void secretsInTheWrongPlaceAreRefusedWithoutBeingShown() {
        assertThat(problems("""
                database:
                  url: jdbc:postgresql://h/db?password=hunter2
                  password: hunter2
                """)).hasSize(2).noneMatch(problem -> problem.contains("hunter2"));
        assertThat(problems("database: {url: 'jdbc:postgresql://weir:hunter2@h/db'}"))
                .singleElement()
                .asString()
                .contains("must not hold credentials")
                .doesNotContain("hunter2");
    }

    @Test
    void aMissingPasswordFileIsNamed() {
        assertThat(problems("database: {url: 'jdbc:postgresql://h/db', passwordFile: none}"))
                .singleElement()
                .asString()
                .contains("database.")
                .contains("none cannot be read");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(directory.resolve("none.yaml"))))
                .hasMessageContaining("none.yaml")
                .hasMessageContaining("there is no such file");
    }
}
