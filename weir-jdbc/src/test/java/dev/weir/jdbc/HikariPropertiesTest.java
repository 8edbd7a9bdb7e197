package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.InvalidSettingsException;
import java.sql.Connection;
import java.time.Duration;
import java.util.Properties;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class HikariPropertiesTest {

    private static WeirDataSourceBuilder read(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return WeirDataSource.fromHikariProperties(properties);
    }

    @Test
    void whatIsNotSetIsAsInHikariCP() {
        JdbcSettings settings = read("jdbcUrl", "jdbc:h2:mem:hikari").settings();
        assertThat(settings.pool().max()).isEqualTo(10);
        assertThat(settings.pool().min()).isEqualTo(10);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.pool().checkTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.pool().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.pool().maxLifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.pool().healthCheckInterval()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.pool().leakThreshold()).isZero();
        assertThat(settings.startTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.autoCommit()).isTrue();
    }

    @Test
    void everyNameIsUnderstood() {
        WeirDataSourceBuilder builder = read(
                "jdbcUrl", "jdbc:h2:mem:hikari",
                "driverClassName", "org.h2.Driver",
                "username", "app",
                "password", "secret",
                "poolName", "orders",
                "maximumPoolSize", "8",
                "minimumIdle", "2",
                "connectionTimeout", "5000",
                "validationTimeout", "1000",
                "idleTimeout", "0",
                "maxLifetime", "0",
                "keepaliveTime", "0",
                "leakDetectionThreshold", "4000",
                "initializationFailTimeout", "-1",
                "connectionInitSql", "select 1",
                "connectionTestQuery", "select 2",
                "isolateInternalQueries", "false",
                "allowPoolSuspension", "true",
                "registerMbeans", "true",
                "readOnly", "true",
                "autoCommit", "false",
                "catalog", "HIKARI",
                "schema", "PUBLIC",
                "transactionIsolation", "TRANSACTION_SERIALIZABLE",
                "exceptionOverrideClassName", "com.example.Override",
                "dataSource.MODE", "PostgreSQL");
        JdbcSettings settings = builder.settings();
        assertThat(settings.name()).isEqualTo("orders");
        assertThat(settings.pool().max()).isEqualTo(8);
        assertThat(settings.pool().min()).isEqualTo(2);
        assertThat(settings.pool().acquireTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.pool().idleTimeout()).isZero();
        assertThat(settings.pool().maxLifetime()).isZero();
        assertThat(settings.pool().healthCheckInterval()).isZero();
        assertThat(settings.pool().leakThreshold()).isEqualTo(Duration.ofSeconds(4));
        assertThat(settings.startTimeout()).isZero();
        assertThat(settings.isolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(settings.autoCommit()).isFalse();
        assertThat(settings.readOnly()).isTrue();
        assertThat(settings.catalog()).isEqualTo("HIKARI");
        assertThat(settings.checkQuery()).isEqualTo("select 2");
        assertThat(settings.driverProperties()).containsEntry("MODE", "PostgreSQL");
        assertThat(builder.warnings())
                .hasSize(3)
                .anyMatch(warning -> warning.startsWith("exceptionOverrideClassName has no effect"))
                .anyMatch(warning -> warning.startsWith("isolateInternalQueries has no effect"))
                .anyMatch(warning -> warning.startsWith("registerMbeans has no effect"));
    }

    @Test
    void unknownAndUnsafeOnesAreToldByName() {
        assertThatThrownBy(() -> read(
                                "jdbcUrl", "jdbc:h2:mem:hikari",
                                "maxPoolSize", "8",
                                "connectionTimeout", "0",
                                "validationTimeout", "100",
                                "maxLifetime", "1000",
                                "dataSourceJNDI", "java:comp/env/jdbc/x")
                        .build())
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        invalid -> assertThat(invalid.problems())
                                .hasSize(5)
                                .anyMatch(problem -> problem.startsWith("unknown property maxPoolSize"))
                                .anyMatch(problem ->
                                        problem.startsWith("connectionTimeout is 0, which would wait for ever"))
                                .anyMatch(problem -> problem.startsWith("validationTimeout is 100 ms"))
                                .anyMatch(problem -> problem.startsWith("maxLifetime is 1000 ms"))
                                .anyMatch(problem -> problem.startsWith("dataSourceJNDI cannot be read")));
    }

    @Test
    void aDataSourceClassIsMadeAndSetUp() throws Exception {
        try (WeirDataSource dataSource = read(
                        "dataSourceClassName", JdbcDataSource.class.getName(),
                        "dataSource.url", "jdbc:h2:mem:bean",
                        "dataSource.user", "bean",
                        "maximumPoolSize", "1")
                .build()) {
            assertThat(dataSource.unwrap(JdbcDataSource.class).getURL()).isEqualTo("jdbc:h2:mem:bean");
            try (Connection connection = dataSource.getConnection()) {
                assertThat(connection.getMetaData().getUserName()).isEqualTo("BEAN");
            }
        }
    }

    @Test
    void aWrongPropertyOfADataSourceIsToldWithoutItsValue() {
        assertThatThrownBy(() -> read(
                                "dataSourceClassName", JdbcDataSource.class.getName(),
                                "dataSource.pasword", "hunter2",
                                "dataSource.loginTimeout", "hunter2")
                        .build())
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("dataSource.pasword is no property")
                .hasMessageContaining("did you mean password?")
                .hasMessageContaining("dataSource.loginTimeout was refused")
                .hasMessageNotContaining("hunter2");
    }
}
