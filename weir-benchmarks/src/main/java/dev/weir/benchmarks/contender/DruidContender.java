package dev.weir.benchmarks.contender;

import com.alibaba.druid.pool.DruidDataSource;
import java.util.List;

/** Druid; rolls back and resets by default, and here checks after 500 ms of rest instead of a minute. */
final class DruidContender implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) throws Exception {
        DruidDataSource opened = new DruidDataSource();
        opened.setDriverClassName(spec.driver());
        opened.setUrl(spec.url());
        opened.setUsername(spec.user());
        opened.setPassword(spec.password());
        opened.setInitialSize(spec.min());
        opened.setMinIdle(spec.min());
        opened.setMaxActive(spec.max());
        opened.setMaxWait(spec.timeout().toMillis());
        opened.setValidationQuery("select 1");
        opened.setTestWhileIdle(true);
        opened.setTimeBetweenEvictionRunsMillis(500);
        if (!spec.lifetime().isZero()) {
            opened.setPhyTimeoutMillis(spec.lifetime().toMillis());
        }
        opened.init();
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(DruidDataSource.class);
    }
}
