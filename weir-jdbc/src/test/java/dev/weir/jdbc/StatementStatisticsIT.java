package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.StatementReport;
import dev.weir.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a pool tells of its statements, on a real server. */
class StatementStatisticsIT {

    private static LocalPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = LocalPostgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static WeirDataSource open(boolean statistics) {
        return WeirDataSource.builder()
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(0).max(4))
                .statementStatistics(statistics)
                .build();
    }

    private static StatementReport.Statement named(WeirDataSource source, String text) {
        return source.statements().statements().stream()
                .filter(statement -> statement.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text + " in " + source.statements()));
    }

    @Test
    void countsTimesAndFailuresAreToldWithoutLiterals() throws SQLException {
        try (WeirDataSource source = open(true)) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement();
                    PreparedStatement prepared = connection.prepareStatement("select 'hidden-7' where ? = 1")) {
                for (int i = 0; i < 300; i++) {
                    statement.execute("select " + i + " /* hidden-1 */ where 'hidden-" + i + "' is not null");
                }
                for (int i = 0; i < 5; i++) {
                    prepared.setInt(1, i);
                    prepared.executeQuery().close();
                }
                assertThatThrownBy(() -> statement.execute("select 1 / 0")).isInstanceOf(SQLException.class);
                statement.addBatch("create temporary table hidden_no (a int)");
                statement.executeBatch();
            }
            assertThat(named(source, "select ? where ? is not null").runs()).isEqualTo(300);
            assertThat(named(source, "select ? where ? = ?").runs()).isEqualTo(5);
            StatementReport.Statement failed = named(source, "select ? / ?");
            assertThat(failed.errors()).isEqualTo(1);
            assertThat(failed.runs()).isEqualTo(1);
            assertThat(failed.maxMs()).isPositive().isLessThanOrEqualTo(failed.totalMs() + 1e-9);
            assertThat(named(source, "(batch of statements)").runs()).isEqualTo(1);
            assertThat(source.statements().running()).isEmpty();
            assertThat(source.statements().toString()).doesNotContain("hidden-");
        }
    }

    @Test
    void whatRunsIsToldWhileItRuns() throws Exception {
        ExecutorService borrower = Executors.newSingleThreadExecutor();
        try (WeirDataSource source = open(true)) {
            borrower.execute(() -> {
                try (Connection connection = source.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("select pg_sleep(600)");
                } catch (SQLException aborted) {
                    // That is how it ends here.
                }
            });
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> !source.statements().running().isEmpty());
            assertThat(source.statements().running())
                    .singleElement()
                    .satisfies(running -> assertThat(running.text()).isEqualTo("select pg_sleep(?)"));
            source.close(Duration.ZERO);
            borrower.shutdown();
            assertThat(borrower.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(source.statements().running()).isEmpty();
        } finally {
            borrower.shutdownNow();
        }
    }

    @Test
    void callSitesTellHowMuchOfTheirTimeTheyUse() {
        try (WeirDataSource source = open(true)) {
            // A sample of the leases is looked at, by chance.
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
                try (Connection connection = source.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet answer = statement.executeQuery("select 1")) {
                    answer.next();
                }
                return source.statements().callSites().size() == 1;
            });
            StatementReport.CallSite site = source.statements().callSites().get(0);
            assertThat(site.site()).startsWith(StatementStatisticsIT.class.getName());
            assertThat(site.samples()).isPositive();
            assertThat(site.busyMs()).isPositive().isLessThanOrEqualTo(site.heldMs());
        }
    }

    @Test
    void hitsOfTheCacheAreTold() throws SQLException {
        try (WeirDataSource source = open(true)) {
            CachedQuery query = source.cached("select 1", Duration.ofMinutes(5));
            for (int i = 0; i < 3; i++) {
                try (Connection connection = source.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.executeQuery("/*+ weir:cache ttl=5m */ select 2").close();
                }
            }
            assertThat(query).isNotNull();
            assertThat(source.statements().cache()).isNotNull();
            assertThat(source.statements().cache().hits()).isEqualTo(2);
            assertThat(named(source, "select ?").runs()).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsCountNothingTwiceAndLoseNothing() throws Exception {
        ExecutorService borrowers = Executors.newFixedThreadPool(8);
        try (WeirDataSource source = open(true)) {
            CountDownLatch done = new CountDownLatch(8);
            // Known before the threads come: whoever meets the table while it makes room is left out.
            for (int thread = 0; thread < 9; thread++) {
                boolean first = thread == 0;
                Runnable work = () -> run(source, first ? 1 : 200);
                if (first) {
                    work.run();
                } else {
                    borrowers.execute(() -> {
                        work.run();
                        done.countDown();
                    });
                }
            }
            assertThat(done.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(named(source, "select ? as one").runs()).isEqualTo(1_601);
            assertThat(source.counts().retiredDirty()).isZero();
        } finally {
            borrowers.shutdownNow();
        }
    }

    private static void run(WeirDataSource source, int times) {
        for (int i = 0; i < times; i++) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("select " + i + " as one");
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    @Test
    void withoutTheSettingNothingIsRemembered() throws SQLException {
        try (WeirDataSource source = open(false)) {
            run(source, 3);
            assertThat(source.statements()).isEqualTo(StatementReport.NONE);
        }
    }
}
