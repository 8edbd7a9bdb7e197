package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What a PostgreSQL backend keeps of the statements that ran on it. */
class StatementBoundsIT {

    private static final int DISTINCT = 150;
    /** From the fifth run on, the driver prepares a statement on the server. */
    private static final int RUNS = 6;

    @Test
    void aBackendKeepsNoMorePreparedStatementsThanTheBound() throws IOException, SQLException {
        try (LocalPostgres postgres = LocalPostgres.start()) {
            assertThat(keptWith(builder(postgres))).isBetween(100, 128);
            assertThat(keptWith(builder(postgres).driverProperty("preparedStatementCacheQueries", "10")))
                    .isBetween(5, 10);
            assertThat(keptWith(builder(postgres).driverProperty("preparedStatementCacheQueries", "1000")))
                    .isEqualTo(DISTINCT);
        }
    }

    private static WeirDataSourceBuilder builder(LocalPostgres postgres) {
        return WeirDataSource.builder()
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(0).max(1));
    }

    private static int keptWith(WeirDataSourceBuilder builder) throws SQLException {
        try (WeirDataSource dataSource = builder.build();
                Connection connection = dataSource.getConnection()) {
            for (int i = 0; i < DISTINCT; i++) {
                for (int run = 0; run < RUNS; run++) {
                    try (PreparedStatement statement = connection.prepareStatement("select ? + " + i)) {
                        statement.setInt(1, run);
                        statement.execute();
                    }
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet kept = statement.executeQuery(
                            "select count(*) from pg_prepared_statements where statement like 'select $1 + %'")) {
                kept.next();
                return kept.getInt(1);
            }
        }
    }
}
