package dev.weir.jdbc.governed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.BasicDataSourceMXBean;

/** DBCP2 by its MBean, which only tells: such a pool is counted, and neither bounded nor ended. */
final class Dbcp2MBeanPool implements ForeignPool {

    private final MBeanServer server;
    private final ObjectName name;
    private final BasicDataSourceMXBean bean;

    private Dbcp2MBeanPool(MBeanServer server, ObjectName name) {
        this.server = server;
        this.name = name;
        this.bean = JMX.newMXBeanProxy(server, name, BasicDataSourceMXBean.class);
    }

    static List<ForeignPool> in(MBeanServer server) throws Exception {
        List<ForeignPool> found = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            if (server.isInstanceOf(name, BasicDataSource.class.getName())) {
                found.add(new Dbcp2MBeanPool(server, name));
            }
        }
        return found;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.DBCP2;
    }

    @Override
    public String name() {
        return name.getCanonicalName();
    }

    @Override
    public Use use() {
        if (closed()) {
            return Use.NONE;
        }
        int leased = bean.getNumActive();
        return new Use(leased + bean.getNumIdle(), leased, 0, Totals.UNTOLD_ALL);
    }

    @Override
    public Terms terms() {
        if (closed()) {
            return new Terms(0, 1, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        int max = bean.getMaxTotal();
        return new Terms(
                bean.getMinIdle(),
                max < 0 ? Integer.MAX_VALUE : max,
                Terms.millis(bean.getMaxWaitMillis()),
                Terms.millis(bean.getMinEvictableIdleTimeMillis()),
                Terms.millis(bean.getMaxConnLifetimeMillis()),
                Duration.ZERO);
    }

    @Override
    public boolean resizable() {
        return false;
    }

    @Override
    public void resize(int min, int max) {}

    @Override
    public boolean evicts() {
        return false;
    }

    @Override
    public void evictIdle(int connections) {}

    @Override
    public void refuse() {}

    @Override
    public void abort() {}

    @Override
    public void close() {}

    @Override
    public boolean closed() {
        return !server.isRegistered(name);
    }

    @Override
    public boolean closable() {
        return false;
    }
}
