package dev.weir.server.run;

import dev.weir.ConnectionPoolManager;
import dev.weir.ShutdownReport;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.jdbc.WeirDataSource;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.config.DatabasePlan;
import dev.weir.server.config.PoolPlan;
import dev.weir.server.config.RunPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Weir's own pools, under a {@link ConnectionPoolManager}. */
final class ManagedFleet implements Fleet {

    private final ConnectionPoolManager manager;
    private final List<Member> members = new ArrayList<>();

    private ManagedFleet(ConnectionPoolManager manager) {
        this.manager = manager;
    }

    /** A pool of this fleet. */
    private record JdbcMember(PoolPlan plan, WeirDataSource source) implements Member {
        @Override
        public PoolSnapshot snapshot() {
            return source.snapshot();
        }
    }

    /** Opens the pools of the plan over a database. */
    static Fleet open(RunPlan plan, DatabasePlan database) {
        ManagedFleet fleet = new ManagedFleet(ConnectionPoolManager.create(MemoryBudget.ofBytes(plan.budgetBytes())));
        boolean whole = false;
        try {
            for (PoolPlan pool : plan.pools()) {
                fleet.add(pool, database);
            }
            whole = true;
            return fleet;
        } finally {
            if (!whole) {
                fleet.manager.shutdown(Duration.ZERO);
            }
        }
    }

    private void add(PoolPlan plan, DatabasePlan database) {
        WeirDataSource source = WeirDataSource.builder()
                .name(plan.name())
                .profile(plan.profile())
                .settings(plan::configure)
                .queryTimeout(plan.queryTimeout())
                .sessionReset(plan.sessionReset())
                .url(database.url())
                .user(database.user())
                .password(
                        database.password() == null ? null : database.password().reveal())
                .driverProperty("ApplicationName", "weir run " + plan.name())
                .manager(manager)
                .build();
        members.add(new JdbcMember(plan, source));
    }

    @Override
    public List<Member> members() {
        return List.copyOf(members);
    }

    @Override
    public EventStream.Subscription listen(Consumer<PoolEvent> listener) {
        return manager.addListener(listener);
    }

    @Override
    public long grantedBytes() {
        return manager.budget().grantedBytes();
    }

    @Override
    public ShutdownReport shutdown(Duration deadline) {
        return manager.shutdown(deadline);
    }
}
