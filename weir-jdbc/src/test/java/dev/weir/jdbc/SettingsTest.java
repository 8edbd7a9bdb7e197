package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.Scaling;
import java.sql.Connection;
import java.time.Duration;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final String URL = "jdbc:h2:mem:settings";

    @Test
    void theSharedProfileHasTheFiguresOfTheSourcesAdvancedPool() {
        JdbcSettings settings = WeirDataSource.builder().url(URL).settings();
        assertThat(settings.pool().min()).isEqualTo(1);
        assertThat(settings.pool().max()).isEqualTo(5);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.pool().createTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.pool().destroyTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.pool().idleTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.pool().reapInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.queryTimeout()).isZero();
        assertThat(settings.queryCache().maxEntries()).isEqualTo(100);
    }

    @Test
    void theFrugalProfileHasTheFiguresOfTheSourcesBasicPool() {
        JdbcSettings settings =
                WeirDataSource.builder().url(URL).profile(Profile.FRUGAL).settings();
        assertThat(settings.pool().min()).isEqualTo(1);
        assertThat(settings.pool().max()).isEqualTo(3);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.queryTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.pool().idleTimeout()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.pool().maxLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.pool().healthCheckInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.pool().maxWaiters()).isEqualTo(50);
    }

    @Test
    void thePerformanceProfileScalesItselfUpTo25() {
        JdbcSettings settings =
                WeirDataSource.builder().url(URL).profile(Profile.PERFORMANCE).settings();
        assertThat(settings.pool().max()).isEqualTo(25);
        assertThat(settings.pool().scaling()).isEqualTo(Scaling.ADAPTIVE);
    }

    @Test
    void changesApplyToTheProfileWhateverTheOrder() {
        JdbcSettings settings = WeirDataSource.builder()
                .url(URL)
                .settings(pool -> pool.max(8))
                .profile(Profile.FRUGAL)
                .queryTimeout(Duration.ofSeconds(1))
                .settings();
        assertThat(settings.pool().max()).isEqualTo(8);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.queryTimeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void everyProblemIsToldAtOnce() {
        WeirDataSourceBuilder wrong = WeirDataSource.builder()
                .name(" ")
                .url("jdbc:nobody://host/db?password=hunter2")
                .user("app")
                .credentials(CredentialsProvider.fixed("app", "hunter2"))
                .isolation(Connection.TRANSACTION_NONE)
                .queryTimeout(Duration.ofSeconds(-1))
                .connectionInitSql("")
                .queryCache(new QueryCacheSettings(0, 1_000, 2_000))
                .settings(pool -> pool.min(9).max(3).acquireTimeout(Duration.ZERO));
        assertThatThrownBy(wrong::build).isInstanceOfSatisfying(InvalidSettingsException.class, invalid -> {
            assertThat(invalid.problems()).hasSize(10);
            assertThat(invalid)
                    .hasMessageContaining("no driver on the class path takes jdbc:nobody://host/db")
                    .hasMessageContaining("credentials and user or password are both set")
                    .hasMessageContaining("min is 9 but max is 3")
                    .hasMessageContaining("acquireTimeout is PT0S")
                    .hasMessageContaining("isolation is 0")
                    .hasMessageContaining("queryTimeout is PT-1S")
                    .hasMessageContaining("connectionInitSql is blank")
                    .hasMessageContaining("queryCache.maxEntries is 0")
                    .hasMessageContaining("queryCache.maxEntryBytes is 2000")
                    .hasMessageContaining("name is blank");
            assertThat(invalid.getMessage()).doesNotContain("hunter2");
        });
    }

    @Test
    void aDatabaseMustBeNamedOnce() {
        assertThatThrownBy(() -> WeirDataSource.builder().settings())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("no database is named");
        assertThatThrownBy(() -> WeirDataSource.builder()
                        .url(URL)
                        .dataSource(new JdbcDataSource())
                        .settings())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("url and dataSource are both set");
        assertThatThrownBy(() -> WeirDataSource.builder().url("h2:mem:x").settings())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("begins with jdbc:");
    }

    @Test
    void aDriverClassIsLoadedOrAdvisedUpon() {
        assertThat(WeirDataSource.builder()
                        .url(URL)
                        .driverClassName("org.h2.Driver")
                        .settings()
                        .url())
                .isEqualTo(URL);
        assertThatThrownBy(() -> WeirDataSource.builder()
                        .url(URL)
                        .driverClassName("org.h2.Drivel")
                        .settings())
                .hasMessageContaining("org.h2.Drivel cannot be loaded");
        assertThatThrownBy(() -> WeirDataSource.builder()
                        .url(URL)
                        .driverClassName("org.postgresql.Driver")
                        .settings())
                .hasMessageContaining("does not take jdbc:h2:mem:settings");
    }

    @Test
    void secretsAreNeverShown() {
        JdbcSettings settings = WeirDataSource.builder()
                .url("jdbc:postgresql://u:hunter2@db:5432/orders?password=hunter2")
                .user("app")
                .password("hunter2")
                .driverProperty("sslpassword", "hunter2")
                .settings();
        assertThat(settings.toString()).doesNotContain("hunter2").contains("db:5432/orders", "sslpassword");
        assertThat(new Credentials("app", "hunter2").toString()).isEqualTo("credentials of app");
    }

    @Test
    void endpointsHoldNoCredentials() {
        assertThat(Endpoint.ofUrl("jdbc:postgresql://db:5432/orders?user=a&password=b"))
                .isEqualTo("postgresql://db:5432/orders");
        assertThat(Endpoint.ofUrl("jdbc:mysql://a:b@db/orders")).isEqualTo("mysql://db/orders");
        assertThat(Endpoint.ofUrl("jdbc:oracle:thin:a/b@//db:1521/x")).isEqualTo("oracle://db:1521/x");
        assertThat(Endpoint.ofUrl("jdbc:sqlserver://db:1433;user=a;password=b")).isEqualTo("sqlserver://db:1433");
        assertThat(Endpoint.ofUrl("jdbc:db2://db:50000/x:user=a;password=b;")).isEqualTo("db2://db:50000/x");
        JdbcDataSource behind = new JdbcDataSource();
        behind.setURL("jdbc:h2:mem:behind;PASSWORD=b");
        assertThat(Endpoint.of(behind)).isEqualTo("h2:mem:behind");
    }
}
