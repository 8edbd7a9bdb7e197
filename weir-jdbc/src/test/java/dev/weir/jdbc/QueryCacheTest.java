package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryCacheTest {

    private static final String HINT = "/*+ weir:cache ttl=1h tables=item */ ";
    private static final String COUNT = "select count(*) n from item";

    private WeirDataSource dataSource;

    @BeforeEach
    void open() throws SQLException {
        dataSource = WeirDataSource.builder()
                .url("jdbc:h2:mem:cache;DB_CLOSE_DELAY=-1")
                .user("sa")
                .settings(pool -> pool.min(0).max(2))
                .queryCache(new QueryCacheSettings(10, 100_000, 10_000))
                .build();
        run("drop all objects");
        run("create table item (id int primary key, name varchar)");
        run("insert into item values (1, 'one'), (2, 'two')");
    }

    @AfterEach
    void close() {
        dataSource.close();
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(ResultSet result) throws SQLException {
        try (result) {
            assertThat(result.next()).isTrue();
            return result.getInt("n");
        }
    }

    private int count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return number(statement.executeQuery(HINT + COUNT));
        }
    }

    private int count() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return count(connection);
        }
    }

    @Test
    void aStatementNobodyAskedToCacheIsNot() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(number(statement.executeQuery(COUNT))).isEqualTo(2);
            run("delete from item where id = 1");
            assertThat(number(statement.executeQuery(COUNT))).isEqualTo(1);
        }
        assertThat(dataSource.queryCache().counts().entries()).isZero();
    }

    @Test
    void aHintedStatementIsAnsweredFromTheCacheUntilItsTableIsInvalidated() throws SQLException {
        assertThat(count()).isEqualTo(2);
        run("delete from item where id = 1");
        assertThat(count()).isEqualTo(2);
        dataSource.queryCache().invalidateTable("other");
        assertThat(count()).isEqualTo(2);
        dataSource.queryCache().invalidateTable("ITEM");
        assertThat(count()).isEqualTo(1);
        assertThat(dataSource.queryCache().counts().hits()).isEqualTo(2);
    }

    @Test
    void parametersAreToldApart() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement byId = connection.prepareStatement(HINT + "select name from item where id = ?")) {
            for (int round = 0; round < 2; round++) {
                for (int id = 1; id <= 2; id++) {
                    byId.setInt(1, id);
                    try (ResultSet result = byId.executeQuery()) {
                        assertThat(result.next()).isTrue();
                        assertThat(result.getString(1)).isEqualTo(id == 1 ? "one" : "two");
                        assertThat(result.getStatement()).isSameAs(byId);
                        assertThat(result.next()).isFalse();
                    }
                }
            }
        }
        assertThat(dataSource.queryCache().counts().hits()).isEqualTo(2);
        assertThat(dataSource.queryCache().counts().entries()).isEqualTo(2);
    }

    @Test
    void aTransactionThatMayWriteGoesPastTheCache() throws SQLException {
        assertThat(count()).isEqualTo(2);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("insert into item values (3, 'three')");
            assertThat(count(connection)).isEqualTo(3);
            connection.rollback();
        }
        assertThat(count()).isEqualTo(2);
        assertThat(dataSource.queryCache().counts().notCached()).isEqualTo(1);
    }

    @Test
    void anotherSchemaIsAnotherQuestion() throws SQLException {
        assertThat(count()).isEqualTo(2);
        run("create schema other");
        run("create table other.item (id int)");
        try (Connection connection = dataSource.getConnection()) {
            connection.setSchema("OTHER");
            assertThat(count(connection)).isZero();
            assertThat(count(connection)).isZero();
        }
        assertThat(dataSource.queryCache().counts().entries()).isEqualTo(2);
    }

    @Test
    void aResultThatIsTooBigIsAnsweredAndNotKept() throws SQLException {
        String big = HINT + "select x n, repeat('x', 100) from system_range(1, 1000)";
        for (int round = 1; round <= 2; round++) {
            try (Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(big)) {
                int rows = 0;
                while (result.next()) {
                    rows++;
                }
                assertThat(rows).isEqualTo(1000);
            }
        }
        QueryCacheCounts counts = dataSource.queryCache().counts();
        assertThat(counts.hits()).isZero();
        assertThat(counts.notCached()).isEqualTo(1);
        assertThat(counts.bytes()).isLessThan(1_000);
    }

    @Test
    void entriesAndBytesAreBounded() throws SQLException {
        CachedQuery rows = dataSource.cached("select ? n", Duration.ofHours(1));
        for (int i = 0; i < 50; i++) {
            assertThat(number(rows.query(i))).isEqualTo(i);
        }
        QueryCacheCounts counts = dataSource.queryCache().counts();
        assertThat(counts.entries()).isBetween(1, 10);
        assertThat(counts.bytes()).isLessThanOrEqualTo(100_000);
        assertThat(counts.evicted()).isGreaterThanOrEqualTo(40);
    }

    @Test
    void anAnswerFoundByTheApiTakesNoConnection() throws SQLException {
        CachedQuery names =
                dataSource.cached("select name from item where id > ? order by id", Duration.ofHours(1), "item");
        names.query(0).close();
        long leases = dataSource.snapshot().totals().leases();
        try (ResultSet result = names.query(0)) {
            assertThat(result.last()).isTrue();
            assertThat(result.getRow()).isEqualTo(2);
            assertThat(result.getString("NAME")).isEqualTo("two");
            assertThat(result.getMetaData().getColumnLabel(1)).isEqualTo("NAME");
            assertThatThrownBy(() -> result.updateString(1, "x")).isInstanceOf(SQLException.class);
        }
        assertThat(dataSource.snapshot().totals().leases()).isEqualTo(leases);
        names.invalidate();
        names.query(0).close();
        assertThat(dataSource.snapshot().totals().leases()).isEqualTo(leases + 1);
    }

    @Test
    void aHintThatCannotBeReadFailsItsStatement() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("/*+ weir:cache ttl=10 */ " + COUNT)) {
            assertThatThrownBy(() -> statement.executeQuery("/*+ weir:cache */ " + COUNT))
                    .hasMessageContaining("it has no ttl");
            assertThatThrownBy(() -> statement.executeQuery("/*+ weir:cache ttl=1s table=item */ " + COUNT))
                    .hasMessageContaining("table=item is not known there");
            assertThatThrownBy(prepared::executeQuery).hasMessageContaining("ttl is 10: write a time with its unit");
        }
    }

    @Test
    void aClosedStatementAnswersNothing() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            PreparedStatement prepared = connection.prepareStatement(HINT + COUNT);
            number(prepared.executeQuery());
            prepared.close();
            assertThatThrownBy(prepared::executeQuery).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aManagerCountsTheCacheAndEmptiesItAtTheEnd() throws SQLException {
        ConnectionPoolManager manager = ConnectionPoolManager.create();
        WeirDataSource managed = WeirDataSource.builder()
                .name("managed")
                .url("jdbc:h2:mem:cache;DB_CLOSE_DELAY=-1")
                .user("sa")
                .manager(manager)
                .build();
        try (Connection connection = managed.getConnection()) {
            assertThat(manager.memoryUsage().cacheEntries()).isZero();
            assertThat(count(connection)).isEqualTo(2);
        }
        assertThat(manager.memoryUsage().cacheEntries()).isEqualTo(1);
        assertThat(manager.memoryUsage().cacheBytes())
                .isPositive()
                .isEqualTo(managed.queryCache().counts().bytes());
        assertThat(manager.shutdown(Duration.ofSeconds(5)).connectionsLeft()).isZero();
        assertThat(managed.queryCache().counts().entries()).isZero();
    }
}
