package dev.weir.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.InvalidSettingsException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void aUrlTellsServerDatabaseAndCredentials() throws Exception {
        RedisSettings settings = WeirRedis.builder()
                .url("rediss://app:s%40cret+1@cache.example:7000/4")
                .settings();
        assertThat(settings.node()).isEqualTo(new RedisNode("cache.example", 7000));
        assertThat(settings.tls()).isTrue();
        assertThat(settings.database()).isEqualTo(4);
        assertThat(settings.credentials().credentials()).isEqualTo(new Credentials("app", "s@cret+1"));
        assertThat(settings.toString()).doesNotContain("cret").contains("cache.example:7000");
        assertThat(settings.credentials().credentials()).hasToString("credentials of app");
    }

    @Test
    void aUrlMayLeaveOutMostOfIt() throws Exception {
        RedisSettings settings =
                WeirRedis.builder().url("redis://:secret@localhost").settings();
        assertThat(settings.node()).isEqualTo(new RedisNode("localhost", 6379));
        assertThat(settings.database()).isZero();
        assertThat(settings.credentials().credentials()).isEqualTo(new Credentials(null, "secret"));
        assertThat(WeirRedis.builder()
                        .url("redis://localhost")
                        .settings()
                        .credentials()
                        .credentials())
                .isEqualTo(Credentials.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:hidden@localhost",
                "redis://u:hidden@local host",
                "redis://u:hidden@localhost/db",
                "redis:///0"
            })
    void aUrlThatIsWrongIsToldWithoutItsSecret(String url) {
        assertThatThrownBy(() -> WeirRedis.builder().url(url).settings())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("url")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        WeirRedisBuilder builder = WeirRedis.builder()
                .name(" ")
                .node("", 0)
                .node("other", 70_000)
                .user("app")
                .credentials(CredentialsProvider.fixed("a", "hidden"))
                .database(-1)
                .clientName("two words")
                .socketTimeout(Duration.ZERO)
                .blockingTimeout(Duration.ofSeconds(-1))
                .queryTimeout(Duration.ofDays(2))
                .startTimeout(Duration.ofSeconds(-1))
                .maxBufferBytes(10)
                .requestQueueSize(0)
                .manager(ConnectionPoolManager.create())
                .environment(ConnectionPoolManager.create().environment())
                .settings(settings -> settings.min(9).max(3));
        assertThatThrownBy(builder::settings)
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        told -> assertThat(told.problems())
                                .anyMatch(problem -> problem.contains("name is blank"))
                                .anyMatch(problem -> problem.contains("2 nodes are set"))
                                .anyMatch(problem -> problem.contains("node has no host"))
                                .anyMatch(problem -> problem.contains("70000"))
                                .anyMatch(problem -> problem.contains("keep one"))
                                .anyMatch(problem -> problem.contains("database is -1"))
                                .anyMatch(problem -> problem.contains("clientName"))
                                .anyMatch(problem -> problem.contains("socketTimeout"))
                                .anyMatch(problem -> problem.contains("blockingTimeout"))
                                .anyMatch(problem -> problem.contains("queryTimeout"))
                                .anyMatch(problem -> problem.contains("startTimeout"))
                                .anyMatch(problem -> problem.contains("maxBufferBytes"))
                                .anyMatch(problem -> problem.contains("requestQueueSize"))
                                .anyMatch(problem -> problem.contains("manager and environment"))
                                .anyMatch(problem -> problem.contains("min is 9"))
                                .noneMatch(problem -> problem.contains("hidden")));
    }

    @Test
    void aClusterHasOneDatabaseAndASingleServerOneNode() {
        assertThatThrownBy(() -> WeirRedis.builder().node("a", 1).database(1).jedisCluster())
                .hasMessageContaining("a cluster has database 0 only");
        assertThatThrownBy(() -> WeirRedis.builder().node("a", 1).node("b", 1).jedis())
                .hasMessageContaining("jedisCluster()");
        assertThatThrownBy(() -> WeirRedis.builder().settings()).hasMessageContaining("no server is named");
    }

    @Test
    void whatIsNotSetComesFromTheProfile() {
        RedisSettings settings =
                WeirRedis.builder().node("a", 1).profile(Profile.FRUGAL).settings();
        assertThat(settings.pool().max()).isEqualTo(3);
        assertThat(settings.queryTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.socketTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.name()).startsWith("redis-");
        assertThat(Profile.PERFORMANCE.pool().max()).isEqualTo(25);
    }

    @Test
    void aPoolWhoseNameIsTakenLeavesNothingBehind() {
        ConnectionPoolManager manager = ConnectionPoolManager.create();
        WeirRedisBuilder builder = WeirRedis.builder()
                .node("localhost", 1)
                .name("taken")
                .settings(settings -> settings.min(0))
                .manager(manager);
        try (WeirJedis first = builder.jedis()) {
            assertThatThrownBy(builder::lettuce).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(builder::sharedLettuce).isInstanceOf(IllegalArgumentException.class);
            assertThat(manager.pools()).hasSize(1);
            assertThat(manager.budget().accounts()).hasSize(1);
            assertThat(first.snapshot().size()).isZero();
        }
        assertThat(manager.pools()).isEmpty();
        assertThat(manager.budget().accounts()).isEmpty();
    }

    @Test
    void aStartWithoutAServerFails() {
        WeirRedisBuilder builder = WeirRedis.builder()
                .node("localhost", 1)
                .startTimeout(Duration.ofSeconds(2))
                .settings(settings -> settings.failFastAfter(1));
        assertThatThrownBy(builder::jedis).isInstanceOf(StartFailedException.class);
        assertThatThrownBy(builder::lettuce).isInstanceOf(StartFailedException.class);
        assertThatThrownBy(builder::sharedLettuce).isInstanceOf(StartFailedException.class);
    }
}
