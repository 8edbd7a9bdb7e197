package dev.weir.benchmarks.contender;

import java.util.List;
import org.slf4j.Logger;
import org.vibur.dbcp.ViburDBCPDataSource;
import org.vibur.objectpool.PoolService;

/** Vibur; safe: checks after 1 s of rest (its unit) instead of 5, and resets on return, which is off by default. */
record ViburContender(boolean safe) implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) {
        ViburDBCPDataSource opened = new ViburDBCPDataSource();
        opened.setDriverClassName(spec.driver());
        opened.setJdbcUrl(spec.url());
        opened.setUsername(spec.user());
        opened.setPassword(spec.password());
        opened.setPoolInitialSize(spec.min());
        opened.setPoolMaxSize(spec.max());
        opened.setConnectionTimeoutInMs(spec.timeout().toMillis());
        if (safe) {
            opened.setConnectionIdleLimitInSeconds(1);
            opened.setResetDefaultsAfterUse(true);
        }
        opened.start();
        return new OpenPool(opened, opened::close);
    }

    @Override
    public boolean hasLifetime() {
        return false;
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(ViburDBCPDataSource.class, PoolService.class, Logger.class);
    }
}
