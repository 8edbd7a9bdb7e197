package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What borrowers see while a real PostgreSQL is killed, frozen and restarted, with no socket timeout set. */
class OutageIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final int WORKERS = 8;

    private LocalPostgres postgres;
    private WeirDataSource dataSource;
    private OutageLoad load;

    @BeforeEach
    void start() throws IOException {
        postgres = LocalPostgres.start();
        dataSource = WeirDataSource.builder()
                .name("outage")
                .url(postgres.url())
                .user(postgres.user())
                .password(postgres.password())
                .settings(pool -> pool.min(2).max(4).acquireTimeout(TIMEOUT).createTimeout(TIMEOUT))
                .build();
        load = new OutageLoad(dataSource, WORKERS);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.good() > 100);
    }

    @AfterEach
    void end() throws IOException {
        load.close();
        dataSource.close(Duration.ZERO);
        postgres.close();
    }

    private void letItGoOn() {
        long before = load.good();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.good() > before + 500);
    }

    private void assertSurvived(String outage, long back) throws Exception {
        letItGoOn();
        load.stop();
        load.tell("PostgreSQL " + outage, back);
        assertThat(load.longestWait()).isLessThan(TIMEOUT.plus(GRACE));
        assertThat(load.firstGoodAfter(back)).isLessThan(Duration.ofSeconds(1));
        assertThat(load.deadOnesAfter(back)).isEmpty();
        assertThat(dataSource.snapshot().leased()).isZero();
        assertThat(dataSource.snapshot().waiting()).isZero();
    }

    /** Lets the outage last, and ends it on time whatever the borrowers do. */
    private static long after(Duration outage, Recovery recovery) throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            return later.schedule(recovery::back, outage.toMillis(), TimeUnit.MILLISECONDS)
                    .get();
        } finally {
            later.shutdown();
        }
    }

    private interface Recovery {
        void happen() throws IOException;

        default long back() throws IOException {
            happen();
            return System.nanoTime();
        }
    }

    @Test
    void aKilledServerFailsBorrowersInTimeAndIsFoundAgainAtOnce() throws Exception {
        postgres.kill();
        long back = after(Duration.ofSeconds(5), postgres::startAgain);
        assertSurvived("killed for 5 s", back);
    }

    @Test
    void aFrozenServerHoldsNoBorrowerLongerThanItsTimeout() throws Exception {
        postgres.freeze();
        long back = after(Duration.ofSeconds(10), postgres::thaw);
        assertSurvived("frozen for 10 s", back);
    }

    @Test
    void anIdlePoolOnAFrozenServerAnswersInTime() throws Exception {
        load.stop();
        // At rest for so long that no connection is lent without a check, which the server will not answer.
        after(Duration.ofSeconds(1), () -> {});
        postgres.freeze();
        long asked = System.nanoTime();
        assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLTransientConnectionException.class);
        Duration refused = Duration.ofNanos(System.nanoTime() - asked);
        postgres.thaw();
        long back = System.nanoTime();
        dataSource.getConnection().close();
        Duration answered = Duration.ofNanos(System.nanoTime() - back);
        System.out.printf(
                "OUTAGE PostgreSQL frozen under an idle pool: getConnection refused after %d ms, lent %d ms after the return%n",
                refused.toMillis(), answered.toMillis());
        assertThat(refused).isLessThan(TIMEOUT.plus(GRACE));
        assertThat(answered).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aRestartedServerIsFoundAgainAtOnce() throws Exception {
        postgres.restart();
        assertSurvived("restarted", System.nanoTime());
    }
}
