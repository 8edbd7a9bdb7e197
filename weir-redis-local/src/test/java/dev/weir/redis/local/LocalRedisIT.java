package dev.weir.redis.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

class LocalRedisIT {

    private static final int PATIENCE = 500;
    private static LocalRedis redis;

    @BeforeAll
    static void start() throws IOException {
        redis = LocalRedis.builder()
                .set("maxclients", "17")
                .set("appendonly", "yes")
                .start();
    }

    @AfterAll
    static void end() throws IOException {
        redis.close();
    }

    private static Jedis connect() {
        return new Jedis(redis.host(), redis.port(), PATIENCE);
    }

    @Test
    void settingsReachTheServer() {
        try (Jedis jedis = connect()) {
            assertThat(jedis.configGet("maxclients")).containsEntry("maxclients", "17");
        }
    }

    @Test
    void aSettingThatIsWrongIsToldWithTheServersOwnWords() {
        assertThatThrownBy(() -> LocalRedis.builder().set("maxclients", "many").start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("maxclients");
    }

    @Test
    void aKilledServerComesBackWithItsDataOnItsPort() throws Exception {
        try (Jedis jedis = connect()) {
            jedis.set("kept", "42");
            redis.kill();
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
        }
        assertThatThrownBy(LocalRedisIT::connect).isInstanceOf(JedisConnectionException.class);
        redis.startAgain();
        try (Jedis jedis = connect()) {
            assertThat(jedis.get("kept")).isEqualTo("42");
        }
        redis.restart();
        try (Jedis jedis = connect()) {
            assertThat(jedis.get("kept")).isEqualTo("42");
        }
    }

    @Test
    void aFrozenServerIsSilentUntilItIsThawed() throws Exception {
        try (Jedis jedis = connect()) {
            redis.freeze();
            assertThatThrownBy(jedis::ping).isInstanceOf(JedisConnectionException.class);
        } finally {
            redis.thaw();
        }
        try (Jedis jedis = connect()) {
            assertThat(jedis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aSecondServerRunsBesideTheFirstAndLeavesNothing() throws Exception {
        LocalRedis second = LocalRedis.start();
        try {
            assertThat(second.port()).isNotEqualTo(redis.port());
            assertThat(second.isRunning()).isTrue();
            second.freeze();
        } finally {
            second.close();
        }
        assertThat(second.home()).doesNotExist();
        assertThatThrownBy(() -> new Jedis(second.host(), second.port(), PATIENCE).ping())
                .isInstanceOf(JedisConnectionException.class);
        assertThatThrownBy(second::freeze).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theServerEndsWithItsJvmEvenWhenThatIsKilled() throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Orphan.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        Path home = Path.of(said.readLine());
        Path program = Path.of(said.readLine());
        ProcessHandle server = ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
        assertThat(server.isAlive()).isTrue();
        jvm.destroyForcibly();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> !server.isAlive() && !Files.exists(home) && !Files.exists(program));
    }

    /** Starts a server, says where and as which process, and waits to be killed. */
    static final class Orphan {
        public static void main(String[] arguments) throws Exception {
            LocalRedis orphan = LocalRedis.start();
            System.out.println(orphan.home());
            System.out.println(Binary.program());
            System.out.println(Files.readString(orphan.home().resolve("pid")).strip());
            Thread.currentThread().join();
        }
    }
}
