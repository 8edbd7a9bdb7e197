package dev.weir.check.live;

import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Syntax;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Unit;
import dev.weir.check.facts.Value;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectInstance;
import javax.management.ObjectName;

/**
 * The pools that registered themselves as MBeans. Their attributes bear the names of their settings; what a pool does not show is
 * not known, and no default is taken for it.
 */
final class BeanPools {

    private final Subject subject;
    private final MBeanServerConnection beans;

    BeanPools(Subject subject, MBeanServerConnection beans) {
        this.subject = subject;
        this.beans = beans;
    }

    void read() throws IOException, JMException {
        for (ObjectInstance bean : beans.queryMBeans(null, null)) {
            Kind kind = kind(bean);
            if (kind != Kind.NONE) {
                pool(kind, bean.getObjectName());
            }
        }
    }

    private static Kind kind(ObjectInstance bean) {
        ObjectName name = bean.getObjectName();
        String type = String.valueOf(name.getKeyProperty("type"));
        if (name.getDomain().equals("com.zaxxer.hikari") && type.startsWith("PoolConfig")) {
            return Kind.HIKARI;
        }
        return switch (bean.getClassName()) {
            case "org.apache.commons.dbcp2.BasicDataSource", "org.apache.tomcat.dbcp.dbcp2.BasicDataSource" ->
                Kind.DBCP2;
            case "org.apache.tomcat.jdbc.pool.jmx.ConnectionPool" -> Kind.TOMCAT;
            case "org.vibur.dbcp.ViburMonitoring" -> Kind.VIBUR;
            default ->
                name.getDomain().equals("com.alibaba.druid") && type.equals("DruidDataSource")
                        ? Kind.DRUID
                        : name.getDomain().equals("com.mchange.v2.c3p0") && type.equals("PooledDataSource")
                                ? Kind.C3P0
                                : Kind.NONE;
        };
    }

    private void pool(Kind kind, ObjectName name) throws IOException, JMException {
        Place place = new Place(subject.name(), 0, name.getCanonicalName());
        Pool pool =
                new Pool(kind, kind == Kind.DRUID ? druidName(name) : title(kind, name), Syntax.PROPERTIES, "", place);
        pool.hideDriver();
        Dialect dialect = Dialect.of(kind);
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(name).getAttributes()) {
            Optional<Dialect.Row> row = dialect.row(attribute.getName())
                    .filter(known -> known.setting() != null && known.unit() != Unit.SECRET && attribute.isReadable());
            if (row.isPresent()) {
                read(pool, row.get(), name, attribute.getName());
            }
        }
        if (kind == Kind.HIKARI) {
            pool.set(Setting.REGISTERED, Value.of(1, place.withKey("registerMbeans")));
        }
        subject.add(pool);
    }

    private void read(Pool pool, Dialect.Row row, ObjectName name, String attribute) throws IOException {
        Object value;
        try {
            value = beans.getAttribute(name, attribute);
        } catch (JMException | RuntimeException unreadable) {
            return; // c3p0 cannot send every type it has: what does not come is not known
        }
        Setting setting = row.setting();
        if (value == null || setting == null) {
            return;
        }
        Place place = new Place(subject.name(), 0, row.name());
        if (setting == Setting.URL) {
            Target.of(value.toString()).ifPresent(target -> {
                pool.connectsTo(target);
                pool.set(
                        setting,
                        new Value(target.hasPassword() ? 1 : 0, target.product().title(), place, true));
            });
        } else if (setting != Setting.DRIVER_PROPERTIES) {
            row.unit()
                    .parse(value.toString())
                    .ifPresent(number ->
                            pool.set(setting, new Value(number, value.toString(), place, !isStandard(row, number))));
        }
    }

    /** Whether a value is what it would be if nobody had said anything: then probably nobody has. */
    private static boolean isStandard(Dialect.Row row, long number) {
        return row.standard() != null && row.unit().parse(row.standard()).equals(OptionalLong.of(number));
    }

    /** Druid's own name stands in no part of its MBean's. */
    private String druidName(ObjectName name) throws IOException, JMException {
        Object own = beans.getAttribute(name, "Name");
        return own == null || own.toString().isBlank() ? Kind.DRUID.title() : own.toString();
    }

    private static String title(Kind kind, ObjectName name) {
        String type = String.valueOf(name.getKeyProperty("type"));
        if (kind == Kind.HIKARI && type.contains("(")) {
            return type.substring(type.indexOf('(') + 1, type.lastIndexOf(')'));
        }
        String own = name.getKeyProperty("name");
        if (kind == Kind.VIBUR) {
            return type.replaceFirst("^ViburDBCP-", "");
        }
        if (own == null || own.isBlank()) {
            return kind.title();
        }
        // Names are quoted where they hold more than letters.
        return own.startsWith("\"") ? ObjectName.unquote(own) : own;
    }
}
