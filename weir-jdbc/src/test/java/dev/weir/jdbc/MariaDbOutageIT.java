package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.mariadb.local.LocalMariaDb;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What borrowers see while a real MariaDB is killed, frozen and restarted, with no socket timeout set. */
class MariaDbOutageIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofMillis(500);

    private LocalMariaDb mariadb;
    private WeirDataSource dataSource;
    private OutageLoad load;

    @BeforeEach
    void start() throws IOException {
        mariadb = LocalMariaDb.start();
        dataSource = WeirDataSource.builder()
                .name("outage")
                .url(mariadb.url())
                .user(LocalMariaDb.USER)
                .password(LocalMariaDb.PASSWORD)
                .settings(pool -> pool.min(2).max(4).acquireTimeout(TIMEOUT).createTimeout(TIMEOUT))
                .build();
        load = new OutageLoad(dataSource, 8);
        letItGoOn();
    }

    @AfterEach
    void end() throws IOException {
        load.close();
        dataSource.close(Duration.ZERO);
        mariadb.close();
    }

    private void letItGoOn() {
        long before = load.good();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> load.good() > before + 200);
    }

    private void assertSurvived(String outage, long back) throws Exception {
        letItGoOn();
        load.stop();
        load.tell("MariaDB " + outage, back);
        assertThat(load.longestWait()).isLessThan(TIMEOUT.plus(GRACE));
        assertThat(load.firstGoodAfter(back)).isLessThan(Duration.ofSeconds(1));
        assertThat(load.deadOnesAfter(back)).isEmpty();
        assertThat(dataSource.snapshot().leased()).isZero();
        assertThat(dataSource.snapshot().waiting()).isZero();
    }

    /** Lets the outage last; the delay is the outage's own length, not a wait for something. */
    private static void last(Duration outage) throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            later.schedule(() -> {}, outage.toMillis(), TimeUnit.MILLISECONDS).get();
        } finally {
            later.shutdown();
        }
    }

    private static long connectors() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> java.util.Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals("org.mariadb.jdbc.Driver")
                                && frame.getMethodName().equals("connect")))
                .count();
    }

    @Test
    void aKilledServerFailsBorrowersInTimeAndIsFoundAgainAtOnce() throws Exception {
        mariadb.kill();
        last(Duration.ofSeconds(3));
        mariadb.startAgain();
        assertSurvived("killed for 3 s", System.nanoTime());
    }

    @Test
    void aFrozenServerHoldsNoBorrowerLongerThanItsTimeoutNorAnyConnectForLong() throws Exception {
        mariadb.freeze();
        last(Duration.ofSeconds(10));
        // The kernel still takes connections; the driver gives up by itself at the limit that the pool gave it.
        assertThat(connectors()).isLessThanOrEqualTo(8);
        mariadb.thaw();
        assertSurvived("frozen for 10 s", System.nanoTime());
        Awaitility.await().until(() -> connectors() == 0);
    }

    @Test
    void aRestartedServerIsFoundAgainAtOnce() throws Exception {
        mariadb.restart();
        assertSurvived("restarted", System.nanoTime());
    }
}
