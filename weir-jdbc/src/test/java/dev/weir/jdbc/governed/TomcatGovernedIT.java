package dev.weir.jdbc.governed;

import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

class TomcatGovernedIT extends GovernedPoolContract {

    @Override
    DataSource open(String url, String user, String password, int max) {
        PoolProperties properties = new PoolProperties();
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setUrl(url);
        properties.setUsername(user);
        properties.setPassword(password);
        properties.setInitialSize(0);
        properties.setMinIdle(0);
        properties.setMaxIdle(max);
        properties.setMaxActive(max);
        properties.setMaxWait(2_000);
        return new DataSource(properties);
    }

    @Override
    void closeByOwner(javax.sql.DataSource opened) {
        ((DataSource) opened).close();
    }

    @Override
    PoolKind kind() {
        return PoolKind.TOMCAT_JDBC;
    }

    @Override
    boolean staysClosed() {
        return false;
    }
}
