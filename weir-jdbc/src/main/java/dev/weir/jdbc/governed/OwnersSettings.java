package dev.weir.jdbc.governed;

import dev.weir.budget.AccountSnapshot;
import dev.weir.jdbc.governed.ForeignPool.Terms;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.QueuePolicy;
import dev.weir.pool.Scaling;
import java.time.Duration;

/** Tells what an owner set in his pool by the names of Weir's own settings. */
final class OwnersSettings {

    private static final Duration LONGEST = Duration.ofDays(365);

    private OwnersSettings() {}

    static PoolSettings translate(Terms owners, AccountSnapshot share) {
        int max = Math.max(1, Math.min(PoolSettings.MAX_CONNECTIONS, owners.max()));
        Duration lifetime = bounded(owners.maxLifetime());
        Duration idle = bounded(owners.idleTimeout());
        boolean idleNeverApplies = !lifetime.isZero() && lifetime.compareTo(idle) < 0;
        return PoolSettings.shared().toBuilder()
                .min(Math.max(0, Math.min(max, owners.min())))
                .max(max)
                .acquireTimeout(owners.acquireTimeout().isZero() ? LONGEST : bounded(owners.acquireTimeout()))
                .idleTimeout(idleNeverApplies ? Duration.ZERO : idle)
                .maxLifetime(lifetime)
                .leakThreshold(bounded(owners.leakThreshold()))
                .healthCheckInterval(Duration.ZERO)
                .lifetimeJitter(0)
                .maxWaiters(PoolSettings.MAX_WAITERS)
                .queuePolicy(QueuePolicy.REJECT_NEWEST)
                .scaling(Scaling.ON_DEMAND)
                .failFastAfter(0)
                .budgetFloor(share.floorBytes())
                .budgetWeight(share.weight())
                .budgetCeiling(share.ceilingBytes())
                .build();
    }

    private static Duration bounded(Duration time) {
        return time.compareTo(LONGEST) > 0 ? LONGEST : time;
    }
}
