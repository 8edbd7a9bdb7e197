package dev.weir.jdbc.governed;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.management.MBeanServer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of pool that Weir can govern. None of them needs to be on the class path: the class for a kind is loaded only
 * when there is a pool of that kind.
 */
public enum PoolKind {
    /** {@code com.zaxxer.hikari.HikariDataSource}. */
    HIKARICP("HikariCP", "com.zaxxer.hikari.HikariDataSource"),
    /** {@code org.apache.commons.dbcp2.BasicDataSource}. */
    DBCP2("DBCP2", "org.apache.commons.dbcp2.BasicDataSource"),
    /** {@code org.apache.tomcat.jdbc.pool.DataSource}. */
    TOMCAT_JDBC("Tomcat JDBC", "org.apache.tomcat.jdbc.pool.DataSourceProxy"),
    /** {@code io.agroal.api.AgroalDataSource}; it has no MBean. */
    AGROAL("Agroal", "io.agroal.api.AgroalDataSource"),
    /** {@code com.mchange.v2.c3p0.ComboPooledDataSource} and its like; found by its own registry. */
    C3P0("c3p0", "com.mchange.v2.c3p0.impl.AbstractPoolBackedDataSource");

    private final String title;
    private final String type;

    PoolKind(String title, String type) {
        this.title = title;
        this.type = type;
    }

    private ForeignPool adapt(Object pool) {
        return switch (this) {
            case HIKARICP -> HikariForeignPool.of(pool);
            case DBCP2 -> Dbcp2ForeignPool.of(pool);
            case TOMCAT_JDBC -> TomcatForeignPool.of(pool);
            case AGROAL -> AgroalForeignPool.of(pool);
            case C3P0 -> C3p0ForeignPool.of(pool);
        };
    }

    private List<ForeignPool> shown(MBeanServer server) throws Exception {
        return switch (this) {
            case HIKARICP -> HikariForeignPool.in(server);
            case DBCP2 -> Dbcp2MBeanPool.in(server);
            case TOMCAT_JDBC -> TomcatMBeanPool.in(server);
            case AGROAL -> List.of();
            case C3P0 -> C3p0ForeignPool.registered();
        };
    }

    /** As its project writes its name. */
    public String title() {
        return title;
    }

    /** The pool as Weir governs it, also when it is wrapped; {@code null} if it is of no known kind. */
    static @Nullable ForeignPool recognise(Object bean) {
        for (PoolKind kind : values()) {
            if (isNamed(bean.getClass(), kind.type)) {
                return kind.adapt(bean);
            }
        }
        if (bean instanceof DataSource wrapper) {
            for (PoolKind kind : values()) {
                Object wrapped = kind.unwrap(wrapper);
                if (wrapped != null) {
                    return kind.adapt(wrapped);
                }
            }
        }
        return null;
    }

    /** The pools of this process that can be found without being given. */
    static List<ForeignPool> search(MBeanServer server) {
        List<ForeignPool> found = new ArrayList<>();
        for (PoolKind kind : values()) {
            if (kind.type(PoolKind.class.getClassLoader()) != null) {
                try {
                    found.addAll(kind.shown(server));
                } catch (Exception | LinkageError unlike) {
                    throw new IllegalStateException(
                            "cannot look for pools of " + kind.title + "; is it a version Weir does not know?", unlike);
                }
            }
        }
        return found;
    }

    private @Nullable Object unwrap(DataSource wrapper) {
        Class<?> wanted = type(wrapper.getClass().getClassLoader());
        try {
            return wanted != null && wrapper.isWrapperFor(wanted) ? wrapper.unwrap(wanted) : null;
        } catch (SQLException | RuntimeException | AbstractMethodError wrapsNothing) {
            return null;
        }
    }

    private @Nullable Class<?> type(@Nullable ClassLoader loader) {
        try {
            return Class.forName(type, false, loader);
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }

    private static boolean isNamed(@Nullable Class<?> type, String name) {
        if (type == null) {
            return false;
        }
        if (type.getName().equals(name) || isNamed(type.getSuperclass(), name)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (isNamed(parent, name)) {
                return true;
            }
        }
        return false;
    }
}
