package dev.weir.benchmarks.contender;

import dev.weir.jdbc.WeirDataSource;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.List;

/** Weir at its defaults, with room in the queue for all who come: the peers' queues have no bound. */
final class WeirContender implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) {
        WeirDataSource opened = WeirDataSource.builder()
                .driverClassName(spec.driver())
                .url(spec.url())
                .user(spec.user().isEmpty() ? null : spec.user())
                .password(spec.password().isEmpty() ? null : spec.password())
                .settings(settings -> lifetime(
                        spec.lifetime(),
                        settings.min(spec.min())
                                .max(spec.max())
                                .acquireTimeout(spec.timeout())
                                .maxWaiters(100_000)))
                .build();
        return new OpenPool(opened, opened::close);
    }

    /** No connection may be told to rest for longer than it lives. */
    private static void lifetime(Duration lifetime, PoolSettings.Builder settings) {
        if (!lifetime.isZero()) {
            settings.maxLifetime(lifetime).idleTimeout(lifetime);
        }
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(WeirDataSource.class, Pool.class);
    }
}
