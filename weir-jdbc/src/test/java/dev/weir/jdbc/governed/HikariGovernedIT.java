package dev.weir.jdbc.governed;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

class HikariGovernedIT extends GovernedPoolContract {

    @Override
    DataSource open(String url, String user, String password, int max) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(0);
        config.setMaximumPoolSize(max);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }

    @Override
    void closeByOwner(DataSource opened) {
        ((HikariDataSource) opened).close();
    }

    @Override
    PoolKind kind() {
        return PoolKind.HIKARICP;
    }
}
