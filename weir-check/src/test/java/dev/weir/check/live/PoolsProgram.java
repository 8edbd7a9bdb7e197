package dev.weir.check.live;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** A program with pools, to be attached to. It ends when its standard input does. */
final class PoolsProgram {

    static final String URL = "jdbc:h2:mem:pools";

    private PoolsProgram() {}

    public static void main(String[] arguments) throws SQLException, JMException, IOException {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setPoolName("orders");
        config.setRegisterMbeans(true);
        config.setMaximumPoolSize(60);
        config.setConnectionTimeout(4_000);
        try (HikariDataSource seen = new HikariDataSource(config);
                HikariDataSource unseen = new HikariDataSource();
                BasicDataSource dbcp = new BasicDataSource()) {
            unseen.setJdbcUrl(URL);
            unseen.setMaximumPoolSize(1);
            dbcp.setUrl(URL);
            dbcp.setJmxName("test:type=DataSource,name=dbcp");
            PoolProperties properties = new PoolProperties();
            properties.setUrl(URL);
            properties.setDriverClassName("org.h2.Driver");
            properties.setTestOnBorrow(true);
            org.apache.tomcat.jdbc.pool.DataSource tomcat = new org.apache.tomcat.jdbc.pool.DataSource(properties);
            ComboPooledDataSource c3p0 = new ComboPooledDataSource();
            c3p0.setJdbcUrl(URL);
            c3p0.setCheckoutTimeout(3_000);
            for (DataSource source : new DataSource[] {seen, unseen, dbcp, tomcat, c3p0}) {
                source.getConnection().close();
            }
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(
                            tomcat.getPool().getJmxPool(), new ObjectName("test:type=ConnectionPool,name=tomcat"));
            System.out.println("ready");
            System.out.flush();
            int end;
            do {
                end = System.in.read();
            } while (end >= 0);
            tomcat.close();
            c3p0.close();
        }
    }
}
