package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import java.util.ArrayList;
import java.util.List;

/** Reads a manager. */
final class ManagerBean implements ManagerMXBean {

    private final ConnectionPoolManager manager;

    ManagerBean(ConnectionPoolManager manager) {
        this.manager = manager;
    }

    @Override
    public List<String> getPools() {
        return manager.pools().stream().map(ManagedPool::name).toList();
    }

    @Override
    public long getBudgetLimitBytes() {
        return manager.budget().limitBytes();
    }

    @Override
    public long getBudgetGrantedBytes() {
        return manager.budget().grantedBytes();
    }

    @Override
    public long getListenerFailures() {
        return manager.events().listenerFailures();
    }

    @Override
    public String getHealth() {
        return Health.of(manager).status().name();
    }

    @Override
    public List<String> getHealthReasons() {
        Health health = Health.of(manager);
        List<String> reasons = new ArrayList<>(health.reasons());
        for (PoolHealth pool : health.pools()) {
            pool.reasons().forEach(reason -> reasons.add(pool.pool() + ": " + reason));
        }
        return reasons;
    }
}
