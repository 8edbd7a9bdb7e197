package dev.weir.benchmarks.contender;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;

/** HikariCP at its defaults: checks after 500 ms of rest, rolls back and resets. */
final class HikariContender implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) {
        HikariConfig config = new HikariConfig();
        config.setDriverClassName(spec.driver());
        config.setJdbcUrl(spec.url());
        config.setUsername(spec.user());
        config.setPassword(spec.password());
        config.setMinimumIdle(spec.min());
        config.setMaximumPoolSize(spec.max());
        config.setConnectionTimeout(spec.timeout().toMillis());
        if (spec.min() == 0) {
            // Else it opens a connection to find out whether it can.
            config.setInitializationFailTimeout(-1);
        }
        HikariDataSource opened = new HikariDataSource(config);
        if (!spec.lifetime().isZero()) {
            // Its configuration refuses less than 30 seconds; a running pool takes it, for connections yet to be
            // opened.
            opened.getHikariConfigMXBean().setMaxLifetime(spec.lifetime().toMillis());
            opened.getHikariPoolMXBean().softEvictConnections();
        }
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(HikariDataSource.class, org.slf4j.Logger.class);
    }
}
