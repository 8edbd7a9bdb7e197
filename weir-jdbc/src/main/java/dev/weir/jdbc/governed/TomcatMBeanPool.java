package dev.weir.jdbc.governed;

import java.util.ArrayList;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.tomcat.jdbc.pool.jmx.ConnectionPoolMBean;

/** Tomcat JDBC by its MBean, as it stands in a Tomcat: counted, bounded and purged, but nobody can close it so. */
final class TomcatMBeanPool implements ForeignPool {

    private static final String PATTERN = "*:type=ConnectionPool,*";

    private final MBeanServer server;
    private final ObjectName bean;
    private final ConnectionPoolMBean pool;

    private TomcatMBeanPool(MBeanServer server, ObjectName bean) {
        this.server = server;
        this.bean = bean;
        this.pool = JMX.newMBeanProxy(server, bean, ConnectionPoolMBean.class);
    }

    static List<ForeignPool> in(MBeanServer server) throws Exception {
        List<ForeignPool> found = new ArrayList<>();
        for (ObjectName name : server.queryNames(new ObjectName(PATTERN), null)) {
            if (server.isInstanceOf(name, ConnectionPoolMBean.class.getName())) {
                found.add(new TomcatMBeanPool(server, name));
            }
        }
        return found;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.TOMCAT_JDBC;
    }

    @Override
    public String name() {
        return closed() ? bean.getCanonicalName() : pool.getName();
    }

    @Override
    public Use use() {
        return closed()
                ? Use.NONE
                : new Use(
                        pool.getSize(),
                        pool.getActive(),
                        pool.getWaitCount(),
                        new Totals(pool.getBorrowedCount(), pool.getCreatedCount(), pool.getReleasedCount(), UNTOLD));
    }

    @Override
    public Terms terms() {
        return new Terms(
                pool.getMinIdle(),
                pool.getMaxActive(),
                Terms.millis(pool.getMaxWait()),
                Terms.millis(pool.getMinEvictableIdleTimeMillis()),
                Terms.millis(pool.getMaxAge()),
                Terms.millis(pool.isRemoveAbandoned() ? pool.getRemoveAbandonedTimeout() * 1000L : 0));
    }

    @Override
    public boolean resizable() {
        return true;
    }

    /** In an order that never has the minimum above the maximum: it would mend that in its own way. */
    @Override
    public void resize(int min, int max) {
        if (min <= pool.getMaxActive()) {
            pool.setMinIdle(min);
            pool.setMaxActive(max);
        } else {
            pool.setMaxActive(max);
            pool.setMinIdle(min);
        }
    }

    /** All that are idle now, and the leased ones as they come back: its MBean has nothing finer. */
    @Override
    public void evictIdle(int connections) {
        if (!closed()) {
            pool.purge();
        }
    }

    @Override
    public void refuse() {
        if (!closed()) {
            resize(0, 1);
            pool.purge();
        }
    }

    @Override
    public void abort() {}

    @Override
    public void close() {}

    @Override
    public boolean closed() {
        return !server.isRegistered(bean);
    }

    @Override
    public boolean closable() {
        return false;
    }
}
