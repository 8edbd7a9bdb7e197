package dev.weir.jdbc.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.pool.ManagedPool;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Hibernate, with a real entity, on a real PostgreSQL. */
class WeirConnectionProviderIT {

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void end() throws IOException {
        postgres.close();
    }

    private static SessionFactory open(Map<String, Object> settings) {
        Configuration configuration = new Configuration().addAnnotatedClass(Order.class);
        configuration
                .getProperties()
                .put(AvailableSettings.CONNECTION_PROVIDER, WeirConnectionProvider.class.getName());
        configuration.getProperties().put(AvailableSettings.HBM2DDL_AUTO, "create-drop");
        configuration.getProperties().putAll(settings);
        return configuration.buildSessionFactory();
    }

    private static Map<String, Object> connection() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AvailableSettings.JAKARTA_JDBC_URL, postgres.url());
        settings.put(AvailableSettings.JAKARTA_JDBC_USER, postgres.user());
        settings.put(AvailableSettings.JAKARTA_JDBC_PASSWORD, postgres.password());
        return settings;
    }

    private static WeirDataSource dataSourceOf(SessionFactory factory) {
        return factory.unwrap(SessionFactoryImplementor.class)
                .getServiceRegistry()
                .requireService(ConnectionProvider.class)
                .unwrap(WeirDataSource.class);
    }

    @Test
    void storesFindsAndChangesEntities() {
        try (SessionFactory factory = open(connection())) {
            Order order = new Order("Ada", 3);
            factory.inTransaction(session -> session.persist(order));
            factory.inTransaction(
                    session -> session.find(Order.class, order.id()).add(4));
            Order found = factory.fromSession(
                    session -> session.createQuery("from Order where customer = :customer", Order.class)
                            .setParameter("customer", "Ada")
                            .getSingleResult());
            assertThat(found.pieces()).isEqualTo(7);
            assertThat(dataSourceOf(factory).snapshot().leased()).isZero();
            assertThat(dataSourceOf(factory).snapshot().totals().leases()).isPositive();
        }
    }

    @Test
    void aTransactionThatFailsLeavesNothing() {
        try (SessionFactory factory = open(connection())) {
            assertThatThrownBy(() -> factory.inTransaction(session -> {
                        session.persist(new Order("Bob", 1));
                        session.flush();
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            assertThat(count(factory)).isZero();
            assertThat(dataSourceOf(factory).snapshot().leased()).isZero();
        }
    }

    private static long count(SessionFactory factory) {
        return factory.fromSession(session ->
                session.createQuery("select count(*) from Order", Long.class).getSingleResult());
    }

    @Test
    void isSetByHibernatesNamesAndByWeirs() throws SQLException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("hibernate.connection.url", postgres.url());
        settings.put("hibernate.connection.username", postgres.user());
        settings.put("hibernate.connection.password", postgres.password());
        settings.put(AvailableSettings.POOL_SIZE, "9");
        settings.put(AvailableSettings.ISOLATION, "TRANSACTION_SERIALIZABLE");
        settings.put(AvailableSettings.AUTOCOMMIT, "false");
        settings.put("hibernate.connection.ApplicationName", "by-hibernate");
        settings.put("hibernate.weir.name", "orders");
        settings.put("hibernate.weir.max", "4");
        settings.put("hibernate.weir.acquire-timeout", "2s");
        try (SessionFactory factory = open(settings)) {
            WeirDataSource dataSource = dataSourceOf(factory);
            assertThat(dataSource.pool().name()).isEqualTo("orders");
            assertThat(dataSource.pool().settings().max()).isEqualTo(4);
            assertThat(dataSource.pool().settings().acquireTimeout()).isEqualTo(Duration.ofSeconds(2));
            assertThat(dataSource.settings().isolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            assertThat(dataSource.settings().autoCommit()).isFalse();
            String application =
                    factory.fromSession(session -> session.createNativeQuery("show application_name", String.class)
                            .getSingleResult());
            assertThat(application).isEqualTo("by-hibernate");
        }
    }

    @Test
    void manySessionsShareFewConnections() throws Exception {
        Map<String, Object> settings = connection();
        settings.put("hibernate.weir.max", "3");
        settings.put("hibernate.weir.max-waiters", "200");
        AtomicInteger failed = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try (SessionFactory factory = open(settings)) {
            for (int i = 0; i < 200; i++) {
                threads.execute(() -> {
                    try {
                        factory.inTransaction(session -> session.persist(new Order("Eve", 1)));
                    } catch (RuntimeException failure) {
                        failed.incrementAndGet();
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(failed).hasValue(0);
            assertThat(count(factory)).isEqualTo(200);
            assertThat(dataSourceOf(factory).snapshot().totals().peakLeased()).isLessThanOrEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void itsPoolIsUnderTheManagerUntilTheFactoryEnds() {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            Map<String, Object> settings = connection();
            settings.put(WeirConnectionProvider.MANAGER, manager);
            settings.put("hibernate.weir.name", "hibernate");
            SessionFactory factory = open(settings);
            assertThat(manager.pools()).extracting(ManagedPool::name).containsExactly("hibernate");
            factory.close();
            assertThat(manager.pools()).isEmpty();
        }
    }

    @Test
    void aDataSourceThatIsGivenStaysOpen() throws SQLException {
        try (WeirDataSource given = WeirDataSource.builder()
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .build()) {
            try (SessionFactory factory = open(Map.of(WeirConnectionProvider.DATA_SOURCE, given))) {
                assertThat(dataSourceOf(factory)).isSameAs(given);
                assertThat(count(factory)).isZero();
            }
            given.getConnection().close();
            WeirConnectionProvider provider = new WeirConnectionProvider(given);
            provider.configure(Map.of());
            assertThat(provider.isUnwrappableAs(DataSource.class)).isTrue();
            assertThat(provider.isUnwrappableAs(String.class)).isFalse();
            assertThat(provider.unwrap(DataSource.class)).isSameAs(given);
            assertThat(provider.unwrap(ConnectionProvider.class)).isSameAs(provider);
            assertThat(provider.supportsAggressiveRelease()).isFalse();
            provider.stop();
            given.getConnection().close();
        }
    }

    @Test
    void badSettingsAreToldAllAtOnceAndWithoutSecrets() {
        WeirConnectionProvider provider = new WeirConnectionProvider();
        assertThatThrownBy(() -> provider.configure(Map.of(
                        "hibernate.weir.maxx",
                        "3",
                        "hibernate.weir.acquire-timeout",
                        "soon",
                        AvailableSettings.JAKARTA_JDBC_PASSWORD,
                        "s3cret")))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("maxx")
                .hasMessageContaining("acquire-timeout")
                .message()
                .doesNotContain("s3cret");
        assertThatThrownBy(() -> provider.configure(Map.of(WeirConnectionProvider.MANAGER, "none")))
                .isInstanceOf(HibernateException.class)
                .hasMessageContaining("dev.weir.ConnectionPoolManager");
    }
}
