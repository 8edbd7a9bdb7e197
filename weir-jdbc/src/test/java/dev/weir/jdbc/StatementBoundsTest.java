package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementBoundsTest {

    private static final String POSTGRES = "jdbc:postgresql://db/orders";

    @Test
    void aKnownDriverIsBoundInStatementsAndBytes() {
        assertThat(StatementBounds.missing(POSTGRES, Map.of()))
                .containsOnlyKeys("preparedStatementCacheQueries", "preparedStatementCacheSizeMiB");
        assertThat(StatementBounds.missing("jdbc:mariadb://db/orders", Map.of()))
                .containsOnlyKeys("prepStmtCacheSize");
    }

    @Test
    void whatTheUserSaysStays() {
        assertThat(StatementBounds.missing(POSTGRES, Map.of("preparedStatementCacheQueries", "7")))
                .containsOnlyKeys("preparedStatementCacheSizeMiB");
        assertThat(StatementBounds.missing(
                        POSTGRES + "?ssl=true&preparedStatementCacheSizeMiB=1&preparedStatementCacheQueries=9",
                        Map.of()))
                .isEmpty();
    }

    @Test
    void anUnknownDriverIsLeftAlone() {
        assertThat(StatementBounds.missing("jdbc:mysql://db/orders", Map.of())).isEmpty();
        assertThat(StatementBounds.missing("jdbc:h2:mem:orders", Map.of())).isEmpty();
    }

    @Test
    void aDataSourceReportsWhatItTellsItsDriver() {
        WeirDataSourceBuilder builder = WeirDataSource.builder().url(POSTGRES).settings(pool -> pool.min(0));
        try (WeirDataSource orders = builder.build()) {
            assertThat(orders.statementBounds()).containsEntry("preparedStatementCacheQueries", "128");
        }
        try (WeirDataSource orders =
                builder.driverProperty("preparedStatementCacheQueries", "500").build()) {
            assertThat(orders.statementBounds()).doesNotContainKey("preparedStatementCacheQueries");
        }
    }
}
