package dev.weir.check.live;

import com.alibaba.druid.pool.DruidDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.vibur.dbcp.ViburDBCPDataSource;

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
            DruidDataSource druid = new DruidDataSource();
            druid.setName("druid");
            druid.setUrl(URL);
            druid.setMaxActive(120);
            druid.setMaxWait(90_000);
            ViburDBCPDataSource vibur = new ViburDBCPDataSource();
            vibur.setName("vibur");
            vibur.setJdbcUrl(URL);
            vibur.setUsername("");
            vibur.setPassword("");
            vibur.setPoolMaxSize(40);
            vibur.setPoolInitialSize(2);
            vibur.setConnectionTimeoutInMs(0);
            vibur.start();
            DataSource agroal = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .connectionPoolConfiguration(
                            pool -> pool.maxSize(3).connectionFactoryConfiguration(factory -> factory.jdbcUrl(URL))));
            // A server that nobody connects to: its URL tells nothing of what the driver is told beside it.
            BasicDataSource remote = new BasicDataSource();
            remote.setUrl("jdbc:postgresql://app:hunter2@db.example:5432/d?password=hunter2");
            remote.setDriverClassName("org.h2.Driver");
            remote.addConnectionProperty("socketTimeout", "30");
            remote.setMaxWait(Duration.ofSeconds(1));
            ManagementFactory.getPlatformMBeanServer()
                    .registerMBean(remote, new ObjectName("test:type=DataSource,name=remote"));
            for (DataSource source : new DataSource[] {seen, unseen, dbcp, tomcat, c3p0, druid, vibur, agroal}) {
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
            druid.close();
            vibur.close();
            remote.close();
            ((AgroalDataSource) agroal).close();
        }
    }
}
