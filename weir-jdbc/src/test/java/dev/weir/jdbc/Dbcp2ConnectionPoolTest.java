package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.dbcp2.TestConnectionPool;
import org.apache.commons.dbcp2.TesterDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The test class that Apache DBCP2 publishes for connection pools: what its authors expect of any. */
class Dbcp2ConnectionPoolTest extends TestConnectionPool {

    private WeirDataSource dataSource;

    @BeforeEach
    void open() {
        dataSource = WeirDataSource.builder()
                .url("jdbc:apache:commons:testdriver")
                .driver(new TesterDriver())
                .user("userName")
                .password("password")
                .autoCommit(true)
                .settings(pool -> pool.min(0).max(getMaxTotal()).acquireTimeout(getMaxWaitDuration()))
                .build();
    }

    @Override
    protected Connection getConnection() throws SQLException {
        return dataSource.getConnection();
    }

    /** DBCP2's 100 ms are less than a busy machine takes to start a thread. */
    @Override
    protected Duration getMaxWaitDuration() {
        return Duration.ofSeconds(2);
    }

    /** Returns what the tests left on their stack, then ends the pool. */
    @AfterEach
    @Override
    public void tearDown() throws Exception {
        super.tearDown();
        dataSource.close(Duration.ZERO);
    }
}
