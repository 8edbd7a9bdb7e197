package dev.weir.benchmarks.contender;

import java.util.List;
import org.stone.beecp.BeeDataSource;
import org.stone.beecp.BeeDataSourceConfig;

/** BeeCP at its defaults: checks after 500 ms of rest, rolls back and resets. It has no minimum, only a size at the start. */
final class BeeContender implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) {
        BeeDataSourceConfig config = new BeeDataSourceConfig();
        config.setDriverClassName(spec.driver());
        config.setJdbcUrl(spec.url());
        if (!spec.user().isEmpty()) {
            config.setUsername(spec.user());
            config.setPassword(spec.password());
        }
        config.setInitialSize(spec.min());
        config.setMaxActive(spec.max());
        config.setMaxWait(spec.timeout().toMillis());
        BeeDataSource opened = new BeeDataSource(config);
        return new OpenPool(opened, opened::close);
    }

    @Override
    public boolean hasLifetime() {
        return false;
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(BeeDataSource.class, org.slf4j.Logger.class);
    }
}
