package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import dev.weir.pool.PoolSnapshot;
import dev.weir.postgres.LocalPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every governed pool does, tried on the real pool and a real PostgreSQL. */
abstract class GovernedPoolContract {

    static final long BYTES = 1000;
    static final Duration SOON = Duration.ofSeconds(15);
    private static final AtomicInteger APPLICATIONS = new AtomicInteger();

    /** One server for all kinds; it ends with the JVM. */
    private static final class Server {
        static final LocalPostgres POSTGRES = start();

        private static LocalPostgres start() {
            try {
                return LocalPostgres.start();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private final String application = "governed" + APPLICATIONS.incrementAndGet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Connection> leased = new ArrayList<>();
    private ConnectionPoolManager manager = ConnectionPoolManager.create();
    DataSource dataSource;

    /** Opens the pool. Requests wait at most 2 s. */
    abstract DataSource open(String url, String user, String password, int max) throws Exception;

    abstract void closeByOwner(DataSource opened) throws Exception;

    abstract PoolKind kind();

    /** Whether its maximum can be changed while it works. */
    boolean bounded() {
        return true;
    }

    /** Whether it closes itself for good: another opens again when it is asked. */
    boolean staysClosed() {
        return true;
    }

    @BeforeEach
    void open() throws Exception {
        dataSource = open(
                Server.POSTGRES.url() + "?ApplicationName=" + application,
                Server.POSTGRES.user(),
                Server.POSTGRES.password(),
                10);
    }

    @AfterEach
    void end() throws Exception {
        giveAllBack();
        shutDown();
        closeByOwner(dataSource);
        threads.shutdownNow();
        await().atMost(SOON).until(() -> sessions() == 0);
    }

    ShutdownReport shutDown() {
        return manager.shutdown(Duration.ofSeconds(10));
    }

    GovernedPool govern(MemoryBudget budget) {
        manager = ConnectionPoolManager.create(budget);
        return GovernedPool.of(dataSource)
                .name("pool")
                .bytesPerConnection(BYTES)
                .govern(manager);
    }

    void lease(int connections) throws SQLException {
        for (int i = 0; i < connections; i++) {
            leased.add(dataSource.getConnection());
        }
    }

    void giveAllBack() {
        for (Connection one : leased) {
            try {
                one.close();
            } catch (SQLException aborted) {
                assertThat(manager.isShutDown()).isTrue();
            }
        }
        leased.clear();
    }

    /** Sessions of this pool that the server has. */
    int sessions() throws SQLException {
        try (Connection own = DriverManager.getConnection(
                        Server.POSTGRES.url(), Server.POSTGRES.user(), Server.POSTGRES.password());
                PreparedStatement count =
                        own.prepareStatement("select count(*) from pg_stat_activity where application_name = ?")) {
            count.setString(1, application);
            try (ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void answers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 42")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(42);
        }
    }

    private static void awaitSize(GovernedPool pool, IntPredicate size) {
        await().atMost(SOON).until(() -> size.test(pool.snapshot().size()));
    }

    @Test
    void isRecognisedGivenAndWrapped() {
        assertThat(GovernedPool.of(dataSource).kind()).isEqualTo(kind());
        assertThat(GovernedPool.of(new WrappingDataSource(dataSource)).kind()).isEqualTo(kind());
    }

    @Test
    void isCountedFromItsOwnFigures() throws SQLException {
        GovernedPool pool = govern(MemoryBudget.unlimited());
        lease(3);
        PoolSnapshot busy = pool.snapshot();
        assertThat(busy.leased()).isEqualTo(3);
        assertThat(busy.size()).isGreaterThanOrEqualTo(3);
        assertThat(busy.max()).isEqualTo(10);
        assertThat(busy.totals().peakLeased()).isEqualTo(3);
        assertThat(busy.totals().opened()).isGreaterThanOrEqualTo(3);
        giveAllBack();
        await().atMost(SOON).until(() -> pool.snapshot().leased() == 0);
        assertThat(pool.snapshot().idle()).isGreaterThanOrEqualTo(3);
        assertThat(pool.governed()).isTrue();
        assertThat(pool.settings().max()).isEqualTo(10);
        assertThat(pool.settings().acquireTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(manager.memoryUsage().connectionsCount()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void isGrantedWhatItHasAndMayHave() throws SQLException {
        GovernedPool pool = govern(MemoryBudget.unlimited());
        lease(3);
        await().atMost(SOON).until(() -> manager.budget().grantedBytes() >= 3 * BYTES);
        assertThat(pool.snapshot().grantedBytes()).isLessThanOrEqualTo(10 * BYTES);
    }

    @Test
    void growsToItsOwnersMaximumWhileThereIsRoom() throws Exception {
        GovernedPool pool = govern(MemoryBudget.ofBytes(10 * BYTES));
        List<CompletableFuture<Connection>> requests = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            requests.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return dataSource.getConnection();
                        } catch (SQLException failure) {
                            throw new AssertionError(failure);
                        }
                    },
                    threads));
        }
        for (CompletableFuture<Connection> request : requests) {
            leased.add(request.join());
        }
        assertThat(pool.snapshot().leased()).isEqualTo(10);
    }

    @Test
    void hasNoMoreThanTheBudgetGrants() throws SQLException {
        if (!bounded()) {
            assertThat(govern(MemoryBudget.ofBytes(3 * BYTES)).isBounded()).isFalse();
            return;
        }
        GovernedPool pool = govern(MemoryBudget.ofBytes(3 * BYTES));
        lease(3);
        assertThatThrownBy(() -> lease(1)).isInstanceOf(SQLException.class);
        assertThat(pool.snapshot().size()).isEqualTo(3);
        assertThat(pool.snapshot().target()).isEqualTo(3);
        assertThat(manager.budget().grantedBytes()).isEqualTo(3 * BYTES);
        manager.budget().limit(5 * BYTES);
        await().atMost(SOON).until(() -> pool.snapshot().target() > 3);
        lease(1);
        assertThat(pool.snapshot().leased()).isEqualTo(4);
    }

    @Test
    void connectionsItHadBeforeAreBookedAndCalledBackWhereTheyAreTooMany() throws SQLException {
        lease(6);
        GovernedPool pool = govern(MemoryBudget.ofBytes(3 * BYTES));
        assertThat(manager.budget().grantedBytes()).as("they exist").isGreaterThanOrEqualTo(6 * BYTES);
        answers(leased.get(0));
        giveAllBack();
        awaitSize(pool, size -> size <= 3);
        await().atMost(SOON).until(() -> manager.budget().grantedBytes() <= 3 * BYTES);
        await().atMost(SOON).until(() -> sessions() <= 3);
    }

    @Test
    void itsIdleConnectionsMakeRoomForOthers() throws SQLException {
        GovernedPool pool = govern(MemoryBudget.ofBytes(6 * BYTES));
        lease(6);
        giveAllBack();
        await().atMost(SOON).until(() -> pool.snapshot().idle() == 6);
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(2);
        await().atMost(SOON).until(() -> neighbour.held() == 2);
        awaitSize(pool, size -> size <= 4);
        await().atMost(SOON).until(() -> sessions() <= 4);
        lease(1);
        answers(leased.get(0));
        neighbour.giveBack();
    }

    @Test
    void whatWasNeverOpenedMakesRoomFirst() throws SQLException {
        GovernedPool pool = govern(MemoryBudget.ofBytes(10 * BYTES));
        lease(2);
        giveAllBack();
        await().atMost(SOON).until(() -> pool.snapshot().leased() == 0);
        int before = pool.snapshot().size();
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(5);
        await().atMost(SOON).until(() -> neighbour.held() == 5);
        assertThat(pool.snapshot().size()).isEqualTo(before);
        neighbour.giveBack();
    }

    @Test
    void itGrowsAgainOnceOthersHaveGivenBack() throws SQLException {
        govern(MemoryBudget.ofBytes(6 * BYTES));
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(3);
        await().atMost(SOON).until(() -> neighbour.held() == 3);
        lease(2);
        neighbour.giveBack();
        lease(4);
        assertThat(leased).hasSize(6);
    }

    @Test
    void aShutdownLetsThoseFinishWhoHoldConnections() throws Exception {
        GovernedPool pool = govern(MemoryBudget.unlimited());
        lease(2);
        giveAllBack();
        lease(1);
        CompletableFuture<ShutdownReport> shutdown =
                CompletableFuture.supplyAsync(() -> manager.shutdown(Duration.ofSeconds(20)), threads);
        await().atMost(SOON).until(() -> pool.snapshot().shutDown());
        await().atMost(SOON).until(() -> !bounded() || sessions() == 1);
        answers(leased.get(0));
        giveAllBack();
        ShutdownReport report = shutdown.join();
        assertThat(report.failures()).isEmpty();
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        assertThat(report.aborted()).isZero();
        assertThat(report.abandoned()).isZero();
        assertThat(sessions()).isZero();
        if (staysClosed()) {
            assertThatThrownBy(dataSource::getConnection).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aShutdownAbortsWhatIsNotGivenBack() throws Exception {
        govern(MemoryBudget.unlimited());
        lease(2);
        ShutdownReport report = manager.shutdown(Duration.ofSeconds(3));
        assertThat(report.failures()).isEmpty();
        assertThat(report.aborted()).isEqualTo(2);
        assertThat(report.connectionsLeft()).isZero();
        assertThat(report.bytesLeft()).isZero();
        await().atMost(SOON).until(() -> sessions() == 0);
        assertThatThrownBy(() -> answers(leased.get(0))).isInstanceOf(SQLException.class);
    }

    @Test
    void letGoItIsItsOwnersAgain() throws SQLException {
        GovernedPool pool = govern(MemoryBudget.ofBytes(2 * BYTES));
        lease(2);
        pool.letGo();
        pool.letGo();
        assertThat(manager.pools()).isEmpty();
        assertThat(manager.budget().grantedBytes()).isZero();
        assertThat(manager.budget().accounts()).isEmpty();
        lease(3);
        assertThat(leased).hasSize(5);
    }

    @Test
    void aNameThatIsTakenIsRefusedAndChangesNothing() throws SQLException {
        govern(MemoryBudget.ofBytes(2 * BYTES)).letGo();
        govern(MemoryBudget.ofBytes(3 * BYTES));
        assertThatThrownBy(() -> GovernedPool.of(dataSource)
                        .name("pool")
                        .bytesPerConnection(1)
                        .govern(manager))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pool named pool");
        assertThat(manager.budget().accounts()).hasSize(1);
    }
}
