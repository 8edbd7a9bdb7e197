package dev.weir.check.live;

import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Subject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;

/** Compares the pools that MBeans show with those in the heap, by the JVM's own class histogram, and says what is missing. */
final class UnseenPools {

    private static final Map<String, String> CLASSES = new LinkedHashMap<>();
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(?<count>\\d+)\\s+\\d+\\s+(?<name>\\S+).*");

    private static final Map<String, String> HINTS = Map.of(
            Kind.HIKARI.title(), "; registerMbeans=true shows the rest",
            Kind.DBCP2.title(), "; jmxName shows the rest",
            Kind.WEIR.title(), "; ask its dashboard: weir check http://HOST:PORT");

    static {
        CLASSES.put("com.zaxxer.hikari.pool.HikariPool", Kind.HIKARI.title());
        CLASSES.put("org.apache.commons.dbcp2.BasicDataSource", Kind.DBCP2.title());
        CLASSES.put("org.apache.tomcat.jdbc.pool.ConnectionPool", Kind.TOMCAT.title());
        CLASSES.put("com.mchange.v2.c3p0.impl.C3P0PooledConnectionPool", Kind.C3P0.title());
        CLASSES.put("io.agroal.pool.ConnectionPool", "Agroal");
        CLASSES.put("com.alibaba.druid.pool.DruidDataSource", Kind.DRUID.title());
        CLASSES.put("org.vibur.dbcp.ViburDBCPDataSource", Kind.VIBUR.title());
        CLASSES.put("oracle.ucp.jdbc.PoolDataSourceImpl", "Oracle UCP");
        CLASSES.put("dev.weir.pool.Pool", Kind.WEIR.title());
    }

    private UnseenPools() {}

    static void remark(Subject subject, MBeanServerConnection beans) throws IOException {
        String histogram;
        try {
            // -all: without it the JVM would collect its garbage first.
            histogram = String.valueOf(beans.invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "gcClassHistogram",
                    new Object[] {new String[] {"-all"}},
                    new String[] {String[].class.getName()}));
        } catch (JMException | RuntimeException unsupported) {
            subject.remark("Pools that are not registered as MBeans: this JVM does not tell what is in its heap");
            return;
        }
        histogram.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            String title = CLASSES.get(line.group("name"));
            if (title != null) {
                long seen = subject.pools().stream()
                        .filter(pool -> pool.kind().title().equals(title))
                        .count();
                long there = Long.parseLong(line.group("count"));
                if (there > seen) {
                    subject.remark(title + ": up to " + there + " pools in the heap, " + seen + " seen by JMX"
                            + HINTS.getOrDefault(title, ""));
                }
            }
        });
        subject.remark(
                "What pools do not show by JMX: HikariCP its URL, keepaliveTime, autoCommit and test query; all of them the "
                        + "properties they give the driver. Check the configuration's file too");
    }
}
