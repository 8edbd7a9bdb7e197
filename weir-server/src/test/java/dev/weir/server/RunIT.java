package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, as a newcomer would start it. */
class RunIT {

    @TempDir
    Path home;

    @Test
    void carriesTheLoadThroughPoolsOfEveryKindAndLeavesNothing() throws Exception {
        try (RunningWeir weir = RunningWeir.start(home, "--duration", "6s", "--scale", "1")) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            weir.assertNothingLeft();

            JsonNode result = weir.result();
            assertThat(result.at("/outcome").asText()).isEqualTo("completed");
            assertThat(result.at("/transactions").asLong()).isPositive();
            assertThat(result.at("/errors").asLong()).isZero();
            assertThat(result.at("/tps").asDouble()).isPositive();
            assertThat(result.at("/latencyMs/p50").asDouble())
                    .isPositive()
                    .isLessThanOrEqualTo(result.at("/latencyMs/p99").asDouble());
            assertThat(result.at("/latencyMs/p99").asDouble())
                    .isLessThanOrEqualTo(result.at("/latencyMs/max").asDouble());
            assertThat(result.at("/invariantHolds").asBoolean()).isTrue();
            assertThat(result.at("/invariant/historyRows").asLong())
                    .isEqualTo(result.at("/transactions").asLong());
            assertThat(result.at("/shutdown/connectionsLeft").asInt(-1)).isZero();
            assertThat(result.at("/shutdown/threadsLeft").asInt(-1)).isZero();
            assertThat(result.at("/shutdown/drainMs").isNumber()).isTrue();
            assertThat(result.at("/memory/peakGrantedBytes").asLong())
                    .isPositive()
                    .isLessThanOrEqualTo(result.at("/memory/budgetBytes").asLong());
            assertThat(result.at("/countersHold").asBoolean()).isTrue();
            assertThat(result.at("/counters/acknowledged").asLong())
                    .isPositive()
                    .isEqualTo(result.at("/counters/value").asLong());
            assertThat(result.at("/counters/uncertain").asLong(-1)).isZero();
            assertThat(result.at("/pools").findValuesAsText("name"))
                    .containsExactly("shared", "frugal", "performance", "redis", "http");
            assertThat(result.at("/pools").findValuesAsText("kind"))
                    .containsExactly("jdbc", "jdbc", "jdbc", "redis", "http");
            assertThat(result.at("/pools").findValuesAsText("profile"))
                    .containsExactly("shared", "frugal", "performance", "frugal", "shared");
            assertThat(result.at("/environment/redis").asText())
                    .startsWith("Redis 6.")
                    .endsWith("(embedded)");
            assertThat(result.at("/environment/http").asText()).contains("http://127.0.0.1:");
            for (JsonNode pool : result.at("/pools")) {
                assertPoolIsPlausible(pool);
            }
            assertThat(weir.output())
                    .contains(
                            "Invariant     holds",
                            "Counters      hold",
                            "Left          0 connections, 0 threads, 0 bytes, 0 listeners")
                    .doesNotContain("\u001b[");
        }
    }

    private static void assertPoolIsPlausible(JsonNode pool) {
        String name = pool.at("/name").asText();
        assertThat(pool.at("/operations").asLong()).as(name).isPositive();
        assertThat(pool.at("/transactions").asLong(-1))
                .as("%s: transactions are TPC-B's", name)
                .isEqualTo(
                        pool.at("/kind").asText().equals("jdbc")
                                ? pool.at("/operations").asLong()
                                : 0);
        assertThat(pool.at("/latencyMs/max").asDouble()).as(name).isPositive();
        assertThat(pool.at("/errors").asLong(-1)).as(name).isZero();
        assertThat(pool.at("/wrongAnswers").asLong(-1)).as(name).isZero();
        assertThat(pool.at("/peakLeased").asInt())
                .as(name)
                .isBetween(1, pool.at("/max").asInt());
        assertThat(pool.at("/peakWaiting").asInt())
                .as(name)
                .isBetween(0, pool.at("/users").asInt());
        assertThat(pool.at("/min").asInt()).isLessThanOrEqualTo(pool.at("/max").asInt());
        assertThat(pool.at("/opened").asLong())
                .as("%s: every connection opened is closed", name)
                .isPositive()
                .isEqualTo(pool.at("/closed").asLong());
        assertThat(pool.at("/rejected").asLong(-1)).as(name).isZero();
        assertThat(pool.at("/timedOut").asLong(-1)).as(name).isZero();
        assertThat(pool.at("/leaks").asLong(-1)).as(name).isZero();
        assertThat(pool.at("/scalingEvents").isIntegralNumber()).as(name).isTrue();
    }

    @Test
    void requestsThatAQueueTurnsAwayAreNoErrors() throws Exception {
        Path config = Files.writeString(home.resolve("narrow.yaml"), """
                duration: 4s
                load: {users: 24, scale: 1}
                pools:
                  - {name: narrow, profile: shared, max: 1, maxWaiters: 2}
                """);
        try (RunningWeir weir = RunningWeir.start(home, "--config", config.toString())) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            JsonNode result = weir.result();
            assertThat(result.at("/rejected").asLong()).isPositive();
            assertThat(result.at("/pools/0/rejected").asLong()).isPositive();
            assertThat(result.at("/pools/0/peakLeased").asInt()).isEqualTo(1);
            assertThat(result.at("/errors").asLong()).isZero();
            assertThat(result.at("/invariantHolds").asBoolean()).isTrue();
            weir.assertNothingLeft();
        }
    }

    @Test
    void redisAndHttpCanBeLeftOut() throws Exception {
        try (RunningWeir weir = RunningWeir.start(
                home, "--duration", "1s", "--scale", "1", "--redis-users", "0", "--http-users", "0")) {
            assertThat(weir.exitCode()).as(weir.output()).isZero();
            JsonNode result = weir.result();
            assertThat(result.at("/pools")).hasSize(3);
            assertThat(result.at("/counters").isNull()).isTrue();
            assertThat(result.at("/environment/redis").isNull()).isTrue();
            assertThat(result.at("/environment/http").isNull()).isTrue();
            assertThat(weir.output()).doesNotContain("Redis", "Counters");
            weir.assertNothingLeft();
        }
    }

    @Test
    void aConfigurationThatCannotWorkStartsNothing() throws Exception {
        Path config = Files.writeString(home.resolve("broken.yaml"), "duration: soon\n");
        try (RunningWeir weir = RunningWeir.start(home, "--config", config.toString())) {
            assertThat(weir.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(weir.output())
                    .contains("broken.yaml cannot be used", "line 1, column 1: duration: 'soon' is not a duration");
            weir.assertNothingLeft();
        }
    }
}
