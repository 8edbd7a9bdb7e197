package dev.weir.jdbc.governed;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import javax.sql.DataSource;

class C3p0GovernedIT extends GovernedPoolContract {

    @Override
    DataSource open(String url, String user, String password, int max) {
        System.setProperty("com.mchange.v2.log.MLog", "com.mchange.v2.log.FallbackMLog");
        System.setProperty("com.mchange.v2.log.FallbackMLog.DEFAULT_CUTOFF_LEVEL", "OFF");
        ComboPooledDataSource opened = new ComboPooledDataSource();
        opened.setJdbcUrl(url);
        opened.setUser(user);
        opened.setPassword(password);
        opened.setInitialPoolSize(0);
        opened.setMinPoolSize(0);
        opened.setAcquireIncrement(1);
        opened.setMaxPoolSize(max);
        opened.setCheckoutTimeout(2_000);
        return opened;
    }

    @Override
    void closeByOwner(DataSource opened) {
        ((ComboPooledDataSource) opened).close();
    }

    @Override
    PoolKind kind() {
        return PoolKind.C3P0;
    }

    @Override
    boolean bounded() {
        return false;
    }
}
