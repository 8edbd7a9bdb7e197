package dev.weir.jdbc.governed;

import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;

class Dbcp2GovernedIT extends GovernedPoolContract {

    @Override
    DataSource open(String url, String user, String password, int max) {
        BasicDataSource opened = new BasicDataSource();
        opened.setUrl(url);
        opened.setUsername(user);
        opened.setPassword(password);
        opened.setMaxIdle(max);
        opened.setMaxTotal(max);
        opened.setMaxWait(Duration.ofSeconds(2));
        return opened;
    }

    @Override
    void closeByOwner(DataSource opened) throws SQLException {
        ((BasicDataSource) opened).close();
    }

    @Override
    PoolKind kind() {
        return PoolKind.DBCP2;
    }
}
