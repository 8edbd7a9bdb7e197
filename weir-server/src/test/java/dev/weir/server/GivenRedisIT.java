package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.postgres.LocalPostgres;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** A run on a Redis that belongs to somebody, and what becomes of it when that fails. */
class GivenRedisIT {

    private static final String PASSWORD = "not-to-be-shown";

    private static LocalPostgres postgres;

    @TempDir
    Path home;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private RunningWeir run(Map<String, String> environment, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(
                List.of("--url", postgres.url(), "--user", postgres.user(), "--scale", "1", "--load", "2"));
        all.addAll(List.of(arguments));
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("WEIR_PASSWORD", postgres.password());
        return RunningWeir.start(home, variables, all.toArray(String[]::new));
    }

    private static JsonNode pool(JsonNode result, String kind) {
        for (JsonNode pool : result.at("/pools")) {
            if (pool.at("/kind").asText().equals(kind)) {
                return pool;
            }
        }
        throw new AssertionError("no pool of the kind " + kind + " in " + result);
    }

    @Test
    void isLeftAsItWas() throws Exception {
        try (LocalRedis redis =
                        LocalRedis.builder().set("requirepass", PASSWORD).start();
                Jedis jedis = new Jedis(redis.host(), redis.port())) {
            jedis.auth(PASSWORD);
            jedis.set("precious", "42");
            try (RunningWeir weir =
                    run(Map.of("WEIR_REDIS_PASSWORD", PASSWORD), "--redis", redis.url(), "--duration", "2s")) {
                assertThat(weir.exitCode()).as(weir.output()).isZero();
                assertThat(weir.result().at("/countersHold").asBoolean()).isTrue();
                assertThat(weir.result().at("/environment/redis").asText()).contains(" at " + redis.url());
                assertThat(weir.output() + weir.result()).doesNotContain(PASSWORD);
                weir.assertNothingLeft();
            }
            assertThat(jedis.keys("*")).containsExactly("precious");
        }
    }

    @Test
    void oneThatIsKilledUnderTheLoadCostsErrorsAndNothingHangs() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                RunningWeir weir = run(Map.of(), "--redis", redis.url())) {
            weir.awaitLine("transactions");
            redis.kill();
            weir.awaitLine("redis: connecting failed");
            weir.awaitLines(2, "tx/s");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.FAILED);
            JsonNode result = weir.result();
            assertThat(pool(result, "redis").at("/errors").asLong()).isPositive();
            assertThat(pool(result, "redis").at("/wrongAnswers").asLong(-1)).isZero();
            assertThat(result.at("/countersHold").isNull()).isTrue();
            assertThat(result.at("/counters/value").isNull()).isTrue();
            assertThat(result.at("/counters/failure").asText()).isNotEmpty();
            assertThat(result.at("/errors").asLong(-1))
                    .as("TPC-B is not concerned")
                    .isZero();
            assertThat(result.at("/invariantHolds").asBoolean()).isTrue();
            assertThat(pool(result, "http").at("/errors").asLong(-1)).isZero();
            assertThat(result.at("/shutdown/connectionsLeft").asInt(-1)).isZero();
            assertThat(result.at("/shutdown/threadsLeft").asInt(-1)).isZero();
            assertThat(result.at("/shutdown/bytesLeft").asLong(-1)).isZero();
            assertThat(weir.output()).contains("Counters      COULD NOT BE READ");
        }
    }

    @Test
    void oneThatIsKilledAndComesBackLosesNoIncrement() throws Exception {
        try (LocalRedis redis = LocalRedis.builder().set("appendonly", "yes").start();
                RunningWeir weir = run(Map.of(), "--redis", redis.url())) {
            weir.awaitLine("transactions");
            redis.kill();
            weir.awaitLine("redis: connecting failed");
            redis.startAgain();
            weir.awaitLines(2, "tx/s");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.FAILED);
            JsonNode result = weir.result();
            assertThat(result.at("/countersHold").asBoolean()).as(weir.output()).isTrue();
            assertThat(pool(result, "redis").at("/errors").asLong()).isPositive();
            assertThat(pool(result, "redis").at("/wrongAnswers").asLong(-1)).isZero();
            assertThat(result.at("/shutdown/connectionsLeft").asInt(-1)).isZero();
        }
    }

    @Test
    void oneThatForgetsIncrementsIsFoundOut() throws Exception {
        try (LocalRedis redis = LocalRedis.start();
                RunningWeir weir = run(Map.of(), "--redis", redis.url())) {
            weir.awaitLine("transactions");
            redis.restart();
            weir.awaitLines(2, "tx/s");
            weir.interrupt();
            assertThat(weir.exitCode()).as(weir.output()).isEqualTo(ExitCode.FAILED);
            assertThat(weir.result().at("/countersHold").asBoolean(true)).isFalse();
            assertThat(weir.output()).contains("Counters      ARE BROKEN");
        }
    }

    @Test
    void oneThatIsNotThereFailsTheRunBeforeItBegins() throws Exception {
        try (RunningWeir weir = run(Map.of(), "--redis", "redis://127.0.0.1:1")) {
            assertThat(weir.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(weir.result().at("/outcome").asText()).isEqualTo("failed");
            assertThat(weir.result().at("/failure").asText()).contains("127.0.0.1:1");
        }
    }

    @Test
    void aMachineThatCannotRunTheEmbeddedOneGoesOnWithoutIt() throws Exception {
        // Of the programs there are for several machines, one is chosen by what uname says.
        String other = System.getProperty("os.arch").equals("aarch64") ? "x86_64" : "aarch64";
        Path programs = Files.createDirectory(home.resolve("bin"));
        Path uname = Files.writeString(programs.resolve("uname"), "#!/bin/sh\necho " + other + "\n");
        assertThat(uname.toFile().setExecutable(true)).isTrue();
        String path = programs + ":" + System.getenv("PATH");
        try (RunningWeir weir = run(Map.of("PATH", path), "--duration", "1s")) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            assertThat(weir.output().lines().filter(line -> line.contains("embedded Redis cannot run here")))
                    .as(weir.output())
                    .hasSize(1);
            assertThat(weir.result().at("/pools").findValuesAsText("kind"))
                    .containsExactly("jdbc", "jdbc", "jdbc", "http");
            assertThat(weir.result().at("/counters").isNull()).isTrue();
            weir.assertNothingLeft();
        }
    }
}
