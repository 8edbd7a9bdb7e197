package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.BudgetExceededException;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.monitor.BuiltInRules;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a governed pool does at each look, made one by one: DBCP2, which does all in the caller's thread, on H2. */
class GovernedPoolTest {

    private static final long BYTES = 64 << 10;
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final List<PoolEvent> seen = new ArrayList<>();
    private final BasicDataSource owners = new BasicDataSource();
    private ConnectionPoolManager manager = manager(MemoryBudget.unlimited());

    GovernedPoolTest() {
        owners.setUrl("jdbc:h2:mem:governed" + DATABASES.incrementAndGet());
        owners.setMaxTotal(10);
        owners.setMaxIdle(10);
        owners.setMaxWait(Duration.ofMillis(1));
    }

    private ConnectionPoolManager manager(MemoryBudget budget) {
        return ConnectionPoolManager.on(
                PoolEnvironment.manual(time, events, budget, Runnable::run), BuiltInRules.all());
    }

    private GovernedPool govern(int connections) {
        manager = manager(MemoryBudget.ofBytes(connections * BYTES));
        manager.addListener(seen::add);
        return GovernedPool.of(owners).name("owners").govern(manager);
    }

    private void pass() {
        time.advance(Duration.ofMillis(250));
        manager.environment().tick();
    }

    private List<Connection> lease(DataSource from, int connections) throws SQLException {
        List<Connection> leased = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            leased.add(from.getConnection());
            pass();
        }
        return leased;
    }

    private static void giveBack(List<Connection> leased) throws SQLException {
        for (Connection one : leased) {
            one.close();
        }
    }

    @AfterEach
    void end() throws SQLException {
        manager.shutdown(Duration.ZERO);
        owners.close();
    }

    /** Five connections each, room for ten, and floors alike, which count in what is fair. */
    private WeirDataSource weirsOwn() {
        owners.setMaxTotal(5);
        return WeirDataSource.builder()
                .name("weir")
                .url("jdbc:h2:mem:weir" + DATABASES.incrementAndGet())
                .settings(pool -> pool.min(0).max(5).budgetFloor(BYTES))
                .manager(manager)
                .build();
    }

    private void somebodyElseWantsOne() {
        pass();
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(1);
        pass();
        assertThat(neighbour.held()).isEqualTo(1);
        neighbour.giveBack();
    }

    @Test
    void aGovernedPoolThatIsColderThanWeirsOwnGivesFirst() throws SQLException {
        GovernedPool governed = govern(10);
        try (WeirDataSource weir = weirsOwn()) {
            giveBack(lease(owners, 5));
            pass();
            time.advance(Duration.ofSeconds(10));
            giveBack(lease(weir, 5));
            somebodyElseWantsOne();
            assertThat(weir.snapshot().size()).isEqualTo(5);
            assertThat(governed.snapshot().size()).isEqualTo(4);
        }
    }

    @Test
    void aGovernedPoolThatIsWarmerThanWeirsOwnKeepsWhatItHas() throws SQLException {
        GovernedPool governed = govern(10);
        try (WeirDataSource weir = weirsOwn()) {
            List<Connection> warm = lease(owners, 5);
            giveBack(lease(weir, 5));
            pass();
            time.advance(Duration.ofSeconds(10));
            giveBack(warm);
            somebodyElseWantsOne();
            assertThat(governed.snapshot().size()).isEqualTo(5);
            assertThat(weir.snapshot().size()).isEqualTo(4);
        }
    }

    @Test
    void itsRoomToGrowIsNoMoreThanIsLeftForOthers() {
        GovernedPool pool = govern(8);
        pass();
        assertThat(pool.snapshot().target()).isEqualTo(4);
        assertThat(manager.budget().grantedBytes()).isEqualTo(4 * BYTES);
        assertThat(owners.getMaxTotal()).isEqualTo(4);
    }

    @Test
    void eachChangeOfItsMaximumIsToldWithTheReason() throws SQLException {
        govern(10);
        lease(owners, 6);
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(8);
        assertThat(seen)
                .filteredOn(PoolEvent.Scaled.class::isInstance)
                .extracting(event -> ((PoolEvent.Scaled) event).reason())
                .contains("the budget granted it", "the budget called it back");
        neighbour.giveBack();
    }

    @Test
    void whatItsOwnerSetsIsHeeded() throws SQLException {
        GovernedPool pool = govern(20);
        pass();
        owners.setMaxTotal(2);
        pass();
        assertThat(pool.snapshot().max()).isEqualTo(2);
        owners.setMaxTotal(15);
        lease(owners, 12);
        assertThat(pool.snapshot().max()).isEqualTo(15);
        assertThat(pool.snapshot().leased()).isEqualTo(12);
        pool.letGo();
        assertThat(owners.getMaxTotal()).isEqualTo(15);
    }

    @Test
    void aPoolThatItsOwnerClosesLeavesTheManager() throws SQLException {
        govern(6);
        giveBack(lease(owners, 2));
        owners.close();
        pass();
        assertThat(manager.pools()).isEmpty();
        assertThat(manager.budget().grantedBytes()).isZero();
        assertThat(manager.budget().accounts()).isEmpty();
    }

    @Test
    void aPoolThatIsClosedAlreadyIsRefused() throws SQLException {
        owners.close();
        assertThatThrownBy(() -> govern(6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("owners is closed");
    }

    @Test
    void aFloorThatDoesNotFitIsRefusedAndChangesNothing() {
        MemoryBudget budget = MemoryBudget.ofBytes(2 * BYTES);
        manager = manager(budget);
        assertThatThrownBy(() -> GovernedPool.of(owners).budgetFloor(3 * BYTES).govern(manager))
                .isInstanceOf(BudgetExceededException.class);
        assertThat(owners.getMaxTotal()).isEqualTo(10);
        assertThat(budget.accounts()).isEmpty();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> GovernedPool.of(owners).bytesPerConnection(0).govern(manager))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bytesPerConnection is 0");
        assertThatThrownBy(() -> GovernedPool.of(owners).budgetWeight(0).govern(manager))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weight");
    }

    @Test
    void itsFloorIsKeptForIt() throws SQLException {
        manager = manager(MemoryBudget.ofBytes(6 * BYTES));
        GovernedPool.of(owners).name("owners").budgetFloor(3 * BYTES).govern(manager);
        Neighbour neighbour = new Neighbour(manager.budget(), BYTES);
        neighbour.want(10);
        for (int i = 0; i < 4; i++) {
            pass();
        }
        assertThat(neighbour.held()).isEqualTo(3);
        assertThat(lease(owners, 3)).hasSize(3);
        neighbour.giveBack();
    }

    @Test
    void whatIsNoPoolIsRefusedByName() {
        assertThatThrownBy(() -> GovernedPool.of("text"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("HIKARICP");
        assertThat(GovernedPool.recognise(new Object())).isEmpty();
        assertThat(GovernedPool.recognise(owners)).isPresent();
    }

    @Test
    void itsOwnersSettingsAreToldInWeirsNames() {
        owners.setMaxTotal(-1);
        owners.setMaxWait(Duration.ofMillis(-1));
        owners.setMaxConn(Duration.ofMinutes(5));
        owners.setMinEvictableIdle(Duration.ofMinutes(30));
        PoolSettings settings = govern(6).settings();
        assertThat(settings.max()).isEqualTo(PoolSettings.MAX_CONNECTIONS);
        assertThat(settings.acquireTimeout()).isEqualTo(Duration.ofDays(365));
        assertThat(settings.maxLifetime()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.idleTimeout()).as("never applies").isZero();
        assertThat(settings.leakThreshold()).isZero();
    }
}
