package dev.weir.jdbc;

import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.ShardingKey;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The half of the handle that changes what the connection is: each change is noted before it is tried, and the note taken
 * back when the property is set to its default again. It is reset when the lease ends.
 */
abstract class ConnectionState extends DelegatingConnection {

    abstract PhysicalConnection physical();

    /** What other threads called, just before a commit or rollback. */
    abstract long beforeSettling();

    /** That commit or rollback succeeded: if it was the one call since, nothing is left to roll back. */
    abstract void settled(long before);

    @Override
    public void setAutoCommit(boolean autoCommit) throws SQLException {
        note(ConnectionProperty.AUTO_COMMIT);
        super.setAutoCommit(autoCommit);
        takeBack(ConnectionProperty.AUTO_COMMIT, autoCommit, physical().defaults.autoCommit());
    }

    @Override
    public void setReadOnly(boolean readOnly) throws SQLException {
        note(ConnectionProperty.READ_ONLY);
        super.setReadOnly(readOnly);
        takeBack(ConnectionProperty.READ_ONLY, readOnly, physical().defaults.readOnly());
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        note(ConnectionProperty.ISOLATION);
        super.setTransactionIsolation(level);
        takeBack(ConnectionProperty.ISOLATION, level, physical().defaults.isolation());
    }

    @Override
    public void setHoldability(int holdability) throws SQLException {
        note(ConnectionProperty.HOLDABILITY);
        super.setHoldability(holdability);
        takeBack(
                ConnectionProperty.HOLDABILITY, holdability, physical().defaults.holdability());
    }

    @Override
    public void setCatalog(@Nullable String catalog) throws SQLException {
        note(ConnectionProperty.CATALOG);
        super.setCatalog(catalog);
        takeBack(ConnectionProperty.CATALOG, catalog, physical().defaults.catalog());
    }

    @Override
    public void setSchema(@Nullable String schema) throws SQLException {
        note(ConnectionProperty.SCHEMA);
        super.setSchema(schema);
        takeBack(ConnectionProperty.SCHEMA, schema, physical().defaults.schema());
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        note(ConnectionProperty.NETWORK_TIMEOUT);
        super.setNetworkTimeout(executor, milliseconds);
        takeBack(
                ConnectionProperty.NETWORK_TIMEOUT,
                milliseconds,
                physical().defaults.networkTimeout());
    }

    /** The map may be the driver's own, which the caller may write into. */
    @Override
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        keepTypeMap();
        return super.getTypeMap();
    }

    @Override
    public void setTypeMap(Map<String, Class<?>> map) throws SQLException {
        keepTypeMap();
        super.setTypeMap(map);
    }

    private void keepTypeMap() throws SQLException {
        enter();
        try {
            physical().keepTypeMap();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            exit();
        }
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        setClientInfo(raw -> raw.setClientInfo(name, value));
    }

    @Override
    public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
        setClientInfo(raw -> raw.setClientInfo(properties));
    }

    private void setClientInfo(ClientInfoChange change) throws SQLClientInfoException {
        try {
            Connection raw = enter();
            try {
                physical().keepClientInfo();
                change.on(raw);
            } finally {
                exit();
            }
        } catch (SQLClientInfoException e) {
            failed(e);
            throw e;
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), failed(e));
        }
    }

    private interface ClientInfoChange {
        void on(Connection raw) throws SQLException;
    }

    @Override
    public void commit() throws SQLException {
        long before = beforeSettling();
        long began = physical().workBegins();
        super.commit();
        physical().worked(began);
        settled(before);
    }

    @Override
    public void rollback() throws SQLException {
        long before = beforeSettling();
        long began = physical().workBegins();
        super.rollback();
        physical().worked(began);
        settled(before);
    }

    @Override
    public void setShardingKey(@Nullable ShardingKey key) throws SQLException {
        noteUnknown();
        super.setShardingKey(key);
    }

    @Override
    public void setShardingKey(@Nullable ShardingKey key, @Nullable ShardingKey superKey) throws SQLException {
        noteUnknown();
        super.setShardingKey(key, superKey);
    }

    @Override
    public boolean setShardingKeyIfValid(@Nullable ShardingKey key, int timeout) throws SQLException {
        noteUnknown();
        return super.setShardingKeyIfValid(key, timeout);
    }

    @Override
    public boolean setShardingKeyIfValid(@Nullable ShardingKey key, @Nullable ShardingKey superKey, int timeout)
            throws SQLException {
        noteUnknown();
        return super.setShardingKeyIfValid(key, superKey, timeout);
    }

    private void noteUnknown() throws SQLException {
        live();
        physical().changed(SessionChanges.UNKNOWN);
    }

    private void note(ConnectionProperty property) throws SQLException {
        live();
        physical().dirtied(property);
    }

    private void takeBack(ConnectionProperty property, @Nullable Object now, @Nullable Object byDefault) {
        // An unknown default is never met: even null may be a value then.
        if (byDefault != null && Objects.equals(now, byDefault)) {
            physical().cleaned(property);
        }
    }
}
