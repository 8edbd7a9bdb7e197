package dev.weir.metrics;

import dev.weir.ConnectionPoolManager;
import dev.weir.pool.ManagedPool;
import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * A manager and its pools as MBeans: {@code dev.weir:type=Manager,manager="NAME"} and {@code
 * dev.weir:type=Pool,manager="NAME",name="POOL"}. A pool's comes when it is registered and goes with it. Thread-safe.
 */
public final class WeirMBeans implements AutoCloseable {

    /** The manager's name where none is given. */
    public static final String DEFAULT = "default";

    private final MBeanServer server;
    private final String name;
    private final ObjectName manager;
    private final Roll<ObjectName> pools;

    private WeirMBeans(MBeanServer server, ConnectionPoolManager manager, String name) {
        this.server = server;
        this.name = name;
        this.manager = publish(new ManagerBean(manager), "dev.weir:type=Manager,manager=" + ObjectName.quote(name));
        this.pools = new Roll<>(manager, pool -> publish(manager, pool), this::withdraw);
    }

    /** Publishes a manager, as {@value #DEFAULT}, in the JVM's own server. */
    public static WeirMBeans publish(ConnectionPoolManager manager) {
        return publish(manager, DEFAULT);
    }

    /**
     * Publishes a manager in the JVM's own server.
     *
     * @param name tells it from other managers of the JVM
     * @throws IllegalStateException if another one is published by this name
     */
    public static WeirMBeans publish(ConnectionPoolManager manager, String name) {
        return new WeirMBeans(ManagementFactory.getPlatformMBeanServer(), manager, name);
    }

    private ObjectName publish(ConnectionPoolManager of, ManagedPool pool) {
        return publish(
                new PoolBean(new PoolReading(of, pool)),
                "dev.weir:type=Pool,manager=" + ObjectName.quote(name) + ",name=" + ObjectName.quote(pool.name()));
    }

    private ObjectName publish(Object bean, String text) {
        try {
            ObjectName published = new ObjectName(text);
            server.registerMBean(bean, published);
            return published;
        } catch (JMException refused) {
            throw new IllegalStateException(
                    "cannot publish " + text + ": give each manager of the JVM a name of its own", refused);
        }
    }

    private void withdraw(ObjectName published) {
        try {
            server.unregisterMBean(published);
        } catch (InstanceNotFoundException gone) {
            // Somebody else took it away, which is what was wanted.
        } catch (JMException refused) {
            throw new IllegalStateException("cannot withdraw " + published, refused);
        }
    }

    /** Withdraws all of them. */
    @Override
    public void close() {
        pools.close();
        withdraw(manager);
    }
}
