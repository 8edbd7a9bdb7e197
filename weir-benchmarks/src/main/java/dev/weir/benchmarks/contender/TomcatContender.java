package dev.weir.benchmarks.contender;

import java.util.List;
import org.apache.juli.logging.Log;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** Tomcat JDBC; safe: checks on borrow unless checked within 500 ms, rolls back and resets, none of which it does by default. */
record TomcatContender(boolean safe) implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) throws Exception {
        PoolProperties properties = new PoolProperties();
        properties.setDriverClassName(spec.driver());
        properties.setUrl(spec.url());
        properties.setUsername(spec.user());
        properties.setPassword(spec.password());
        properties.setInitialSize(spec.min());
        properties.setMinIdle(spec.min());
        properties.setMaxIdle(spec.max());
        properties.setMaxActive(spec.max());
        properties.setMaxWait((int) spec.timeout().toMillis());
        properties.setMaxAge(spec.lifetime().toMillis());
        if (safe) {
            properties.setTestOnBorrow(true);
            properties.setValidationInterval(500);
            properties.setRollbackOnReturn(true);
            properties.setJdbcInterceptors("ConnectionState");
        }
        DataSource opened = new DataSource(properties);
        opened.createPool();
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(DataSource.class, Log.class);
    }
}
