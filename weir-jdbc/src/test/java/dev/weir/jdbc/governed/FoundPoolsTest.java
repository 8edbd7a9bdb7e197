package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pools that show themselves are found, and governed as far as their MBean allows. */
class FoundPoolsTest {

    private static final long BYTES = 1000;

    private final ConnectionPoolManager manager = ConnectionPoolManager.create(MemoryBudget.ofBytes(4 * BYTES));

    @AfterEach
    void end() {
        manager.close();
    }

    private GovernedPool govern(PoolKind kind) {
        List<GovernedPoolBuilder> found = new ArrayList<>(GovernedPool.found(manager));
        found.removeIf(one -> one.kind() != kind);
        assertThat(found).hasSize(1);
        return found.get(0).bytesPerConnection(BYTES).govern(manager);
    }

    private static void leaseAndGiveBack(javax.sql.DataSource from, int connections) throws SQLException {
        List<Connection> leased = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            leased.add(from.getConnection());
        }
        for (Connection one : leased) {
            one.close();
        }
    }

    @Test
    void hikariIsCountedBoundedAndEvictedByItsMBeans() throws SQLException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:h2:mem:found-hikari");
        config.setPoolName("found-hikari");
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(8);
        config.setRegisterMbeans(true);
        try (HikariDataSource owners = new HikariDataSource(config)) {
            leaseAndGiveBack(owners, 4);
            GovernedPool pool = govern(PoolKind.HIKARICP);
            assertThat(pool.name()).isEqualTo("found-hikari");
            assertThat(pool.isBounded()).isTrue();
            assertThat(pool.isClosable()).isFalse();
            assertThat(pool.snapshot().size()).isEqualTo(4);
            assertThat(owners.getMaximumPoolSize()).isEqualTo(4);
            assertThat(GovernedPool.found(manager)).as("found once").isEmpty();
            Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
            neighbour.want(2);
            await().atMost(Duration.ofSeconds(15)).until(() -> neighbour.held() == 2);
            neighbour.giveBack();
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> manager.pools().isEmpty());
    }

    @Test
    void tomcatIsCountedBoundedAndPurgedByItsMBean() throws Exception {
        PoolProperties properties = new PoolProperties();
        properties.setUrl("jdbc:h2:mem:found-tomcat");
        properties.setName("found-tomcat");
        properties.setInitialSize(0);
        properties.setMinIdle(0);
        properties.setMaxActive(8);
        DataSource owners = new DataSource(properties);
        ObjectName name = new ObjectName("tomcat.jdbc:type=ConnectionPool,name=found-tomcat");
        ManagementFactory.getPlatformMBeanServer()
                .registerMBean(owners.createPool().getJmxPool(), name);
        try {
            leaseAndGiveBack(owners, 4);
            GovernedPool pool = govern(PoolKind.TOMCAT_JDBC);
            assertThat(pool.name()).isEqualTo("found-tomcat");
            assertThat(pool.isBounded()).isTrue();
            assertThat(pool.isClosable()).isFalse();
            assertThat(owners.getMaxActive()).isEqualTo(4);
            Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
            neighbour.want(2);
            await().atMost(Duration.ofSeconds(15)).until(() -> neighbour.held() == 2);
            neighbour.giveBack();
        } finally {
            ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
            owners.close();
        }
    }

    @Test
    void dbcp2IsCountedByItsMBean() throws SQLException {
        try (BasicDataSource owners = new BasicDataSource()) {
            owners.setUrl("jdbc:h2:mem:found-dbcp2");
            owners.setJmxName("org.example:type=BasicDataSource,name=found-dbcp2");
            owners.setMaxTotal(8);
            leaseAndGiveBack(owners, 3);
            GovernedPool pool = govern(PoolKind.DBCP2);
            assertThat(pool.isBounded()).isFalse();
            assertThat(pool.isClosable()).isFalse();
            assertThat(pool.snapshot().size()).isEqualTo(3);
            assertThat(pool.snapshot().max()).isEqualTo(8);
            assertThat(manager.budget().grantedBytes()).isEqualTo(3 * BYTES);
            assertThat(owners.getMaxTotal()).as("untouched").isEqualTo(8);
        }
        await().atMost(Duration.ofSeconds(15)).until(() -> manager.pools().isEmpty());
    }

    @Test
    void c3p0IsFoundByItsRegistryAndClosed() throws SQLException {
        ComboPooledDataSource owners = new ComboPooledDataSource();
        owners.setJdbcUrl("jdbc:h2:mem:found-c3p0");
        owners.setDataSourceName("found-c3p0");
        owners.setMinPoolSize(0);
        owners.setInitialPoolSize(0);
        leaseAndGiveBack(owners, 1);
        GovernedPool pool = govern(PoolKind.C3P0);
        assertThat(pool.name()).isEqualTo("found-c3p0");
        assertThat(pool.isBounded()).isFalse();
        assertThat(pool.isClosable()).isTrue();
        assertThat(manager.shutdown(Duration.ofSeconds(10)).connectionsLeft()).isZero();
        assertThat(GovernedPool.found(ConnectionPoolManager.create())).isEmpty();
    }
}
