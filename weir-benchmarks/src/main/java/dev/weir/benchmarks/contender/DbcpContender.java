package dev.weir.benchmarks.contender;

import java.time.Duration;
import java.util.List;
import javax.transaction.TransactionManager;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.logging.Log;
import org.apache.commons.pool2.ObjectPool;

/**
 * Apache DBCP2. By default it checks at every borrow; it has no "only after a rest", so beside that it runs with idle
 * connections checked in the background every 500 ms.
 */
record DbcpContender(boolean inBackground) implements Contender {

    @Override
    public OpenPool open(PoolSpec spec) throws Exception {
        BasicDataSource opened = new BasicDataSource();
        opened.setDriverClassName(spec.driver());
        opened.setUrl(spec.url());
        opened.setUsername(spec.user());
        opened.setPassword(spec.password());
        opened.setInitialSize(spec.min());
        opened.setMinIdle(spec.min());
        opened.setMaxIdle(spec.max());
        opened.setMaxTotal(spec.max());
        opened.setMaxWait(spec.timeout());
        if (!spec.lifetime().isZero()) {
            opened.setMaxConn(spec.lifetime());
        }
        if (inBackground) {
            opened.setTestOnBorrow(false);
            opened.setTestWhileIdle(true);
            opened.setDurationBetweenEvictionRuns(Duration.ofMillis(500));
        }
        opened.start();
        return new OpenPool(opened, opened::close);
    }

    @Override
    public List<Class<?>> jars() {
        return List.of(BasicDataSource.class, ObjectPool.class, Log.class, TransactionManager.class);
    }
}
