package dev.weir.jdbc.governed;

import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * HikariCP, as an object or by its two MXBeans, which are the same interfaces. It reads its maximum at each connection it
 * thinks of opening, so a new one holds at once.
 *
 * <p>It is never suspended: its borrowers would hang uninterruptibly, and for ever once it is closed.
 */
final class HikariForeignPool implements ForeignPool {

    private static final String DOMAIN = "com.zaxxer.hikari:*";
    /** Long enough to take an idle connection, too short to wait for one. */
    private static final long NO_WAIT_MILLIS = 1;

    private final HikariConfigMXBean config;
    /** Gives {@code null} while the data source has not opened its pool. */
    private final Supplier<@Nullable HikariPoolMXBean> pool;

    private final @Nullable HikariDataSource dataSource;
    private final BooleanSupplier gone;

    private HikariForeignPool(
            HikariConfigMXBean config,
            Supplier<@Nullable HikariPoolMXBean> pool,
            @Nullable HikariDataSource dataSource,
            BooleanSupplier gone) {
        this.config = config;
        this.pool = pool;
        this.dataSource = dataSource;
        this.gone = gone;
    }

    static ForeignPool of(Object given) {
        HikariDataSource dataSource = (HikariDataSource) given;
        return new HikariForeignPool(
                dataSource.getHikariConfigMXBean(), dataSource::getHikariPoolMXBean, dataSource, dataSource::isClosed);
    }

    static List<ForeignPool> in(MBeanServer server) throws Exception {
        List<ForeignPool> found = new ArrayList<>();
        for (ObjectName name : server.queryNames(new ObjectName(DOMAIN), null)) {
            ObjectName beside = poolBeside(name);
            if (beside != null && server.isRegistered(beside)) {
                HikariPoolMXBean pool = JMX.newMXBeanProxy(server, beside, HikariPoolMXBean.class);
                found.add(new HikariForeignPool(
                        JMX.newMXBeanProxy(server, name, HikariConfigMXBean.class),
                        () -> pool,
                        null,
                        () -> !server.isRegistered(beside)));
            }
        }
        return found;
    }

    /** The pool's name, beside that of its configuration; HikariCP has an older and a newer way to write them. */
    private static @Nullable ObjectName poolBeside(ObjectName config) throws Exception {
        String text = config.getCanonicalName();
        return text.contains("type=PoolConfig") ? new ObjectName(text.replace("type=PoolConfig", "type=Pool")) : null;
    }

    @Override
    public PoolKind kind() {
        return PoolKind.HIKARICP;
    }

    @Override
    public String name() {
        return Objects.requireNonNullElse(config.getPoolName(), kind().title());
    }

    @Override
    public Use use() {
        HikariPoolMXBean open = closed() ? null : pool.get();
        return open == null
                ? Use.NONE
                : new Use(
                        open.getTotalConnections(),
                        open.getActiveConnections(),
                        open.getThreadsAwaitingConnection(),
                        Totals.UNTOLD_ALL);
    }

    @Override
    public Terms terms() {
        int max = config.getMaximumPoolSize();
        int min = config.getMinimumIdle();
        return new Terms(
                min < 0 ? max : min,
                max,
                Terms.millis(config.getConnectionTimeout()),
                Terms.millis(config.getIdleTimeout()),
                Terms.millis(config.getMaxLifetime()),
                Terms.millis(config.getLeakDetectionThreshold()));
    }

    @Override
    public boolean resizable() {
        return true;
    }

    @Override
    public void resize(int min, int max) {
        config.setMaximumPoolSize(max);
        config.setMinimumIdle(min);
    }

    /** It thinks of opening a connection when somebody begins to wait for one. */
    @Override
    public void open(int connections) throws SQLException {
        if (pool.get() instanceof HikariPool own) {
            for (int i = 0; i < connections; i++) {
                try {
                    own.getConnection(NO_WAIT_MILLIS).close();
                } catch (SQLTransientConnectionException waitedEnough) {
                    // And so has given the pool the thought.
                }
            }
        }
    }

    /** It evicts one connection only for whoever holds it; by its MBean it evicts all or none. */
    @Override
    public void evictIdle(int connections) throws SQLException {
        HikariPoolMXBean open = pool.get();
        if (dataSource != null && open instanceof HikariPool own) {
            for (int i = 0; i < connections && own.getIdleConnections() > 0; i++) {
                evictOne(own, dataSource);
            }
        } else if (open != null) {
            open.softEvictConnections();
        }
    }

    private static void evictOne(HikariPool own, HikariDataSource dataSource) throws SQLException {
        try {
            dataSource.evictConnection(own.getConnection(NO_WAIT_MILLIS));
        } catch (SQLTransientConnectionException taken) {
            // By a borrower, since it was seen idle: then it is not to be evicted.
        }
    }

    /** It cannot refuse: it shrinks to one connection, and what comes back is closed. */
    @Override
    public void refuse() {
        resize(0, 1);
        HikariPoolMXBean open = pool.get();
        if (open != null) {
            open.softEvictConnections();
        }
    }

    /** Closing it aborts what is leased. */
    @Override
    public void abort() {
        close();
    }

    @Override
    public void close() {
        if (dataSource != null) {
            dataSource.close();
        }
    }

    @Override
    public boolean closed() {
        return gone.getAsBoolean() && (dataSource == null || !isEnding(dataSource));
    }

    /** It calls itself closed as soon as it begins to be. */
    private static boolean isEnding(HikariDataSource dataSource) {
        HikariPoolMXBean open = dataSource.getHikariPoolMXBean();
        return open != null && open.getTotalConnections() > 0;
    }

    @Override
    public boolean closable() {
        return dataSource != null;
    }
}
