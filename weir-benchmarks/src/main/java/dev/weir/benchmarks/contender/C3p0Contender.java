package dev.weir.benchmarks.contender;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.mchange.v2.log.MLog;
import java.util.List;

/** c3p0; rolls back and resets by default, and here checks idle connections in the background every second, its unit. */
final class C3p0Contender implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) throws Exception {
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
        System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
        ComboPooledDataSource opened = new ComboPooledDataSource();
        opened.setDriverClass(spec.driver());
        opened.setJdbcUrl(spec.url());
        if (!spec.user().isEmpty()) {
            opened.setUser(spec.user());
            opened.setPassword(spec.password());
        }
        opened.setInitialPoolSize(spec.min());
        opened.setMinPoolSize(spec.min());
        opened.setMaxPoolSize(spec.max());
        opened.setCheckoutTimeout((int) spec.timeout().toMillis());
        opened.setIdleConnectionTestPeriod(1);
        opened.setMaxConnectionAge((int) spec.lifetime().toSeconds());
        // Nothing is opened before somebody asks.
        opened.getNumConnections();
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(ComboPooledDataSource.class, MLog.class);
    }
}
