package dev.weir.server.metrics;

import dev.weir.metrics.Health;
import dev.weir.metrics.PoolHealth;
import java.util.List;
import java.util.Locale;

/**
 * What {@code /health} says.
 *
 * @param status up, degraded, saturated or unreachable: the worst of the pools'
 * @param reasons what is to be said of all of them
 * @param pools each
 */
record HealthAnswer(String status, List<String> reasons, List<Pool> pools) {

    /** One pool. */
    record Pool(
            String pool, String status, boolean reachable, boolean saturated, boolean degraded, List<String> reasons) {}

    static HealthAnswer of(Health health) {
        return new HealthAnswer(
                word(health.status()),
                health.reasons(),
                health.pools().stream().map(HealthAnswer::of).toList());
    }

    private static Pool of(PoolHealth pool) {
        return new Pool(
                pool.pool(), word(pool.status()), pool.reachable(), pool.saturated(), pool.degraded(), pool.reasons());
    }

    private static String word(Health.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
