package dev.weir.check.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the tables say what the pools' own classes say, in the versions that this build uses. */
class DefaultsTest {

    private static Object fresh(Kind kind) {
        return switch (kind) {
            case HIKARI -> new HikariConfig();
            case DBCP2 -> new BasicDataSource();
            case TOMCAT -> new PoolProperties();
            case C3P0 -> new ComboPooledDataSource();
            default -> throw new AssertionError(kind);
        };
    }

    /** Only what the table has a default for is asked: other getters, such as getConnection, do something. */
    private static Map<String, Object> properties(Kind kind, Object bean) throws ReflectiveOperationException {
        Map<String, Object> values = new HashMap<>();
        try {
            for (PropertyDescriptor each :
                    Introspector.getBeanInfo(bean.getClass()).getPropertyDescriptors()) {
                boolean asked = Dialect.of(kind)
                        .row(each.getName())
                        .filter(row -> row.standard() != null)
                        .isPresent();
                if (asked && each.getReadMethod() != null) {
                    values.put(
                            Names.fold(each.getName()),
                            String.valueOf(each.getReadMethod().invoke(bean)));
                }
            }
        } catch (java.beans.IntrospectionException impossible) {
            throw new AssertionError(impossible);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource(names = {"HIKARI", "DBCP2", "TOMCAT", "C3P0"})
    void aDefaultIsThatOfTheClass(Kind kind) throws ReflectiveOperationException {
        Map<String, Object> real = properties(kind, fresh(kind));
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Dialect.Row row : Dialect.of(kind).rows()) {
            String standard = row.standard();
            Object value = real.get(Names.fold(row.name()));
            if (standard == null || standard.startsWith("=") || value == null) {
                continue;
            }
            compared++;
            if (!row.unit().parse(standard).equals(row.unit().parse(value.toString()))) {
                wrong.add(row.name() + " is " + standard + " in the table and " + value + " in the class");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(5);
    }

    @Test
    void aMinimumThatNobodyWroteIsHikarisMaximum() {
        try (HikariDataSource source = new HikariDataSource()) {
            source.setMaximumPoolSize(7);
            source.setJdbcUrl("jdbc:h2:mem:defaults");
            source.validate();
            assertThat(source.getMinimumIdle()).isEqualTo(7);
        }
    }

    /** Spring Boot's {@code lettuce.pool} and {@code jedis.pool} are settings of Commons Pool, with its own figures. */
    @Test
    void theRedisPoolsAreThoseOfCommonsPool() {
        GenericObjectPoolConfig<Object> pool = new GenericObjectPoolConfig<>();
        Dialect redis = Dialect.of(Kind.LETTUCE);
        assertThat(redis.row("max-active").orElseThrow().standard()).isEqualTo(Integer.toString(pool.getMaxTotal()));
        assertThat(redis.row("max-idle").orElseThrow().standard()).isEqualTo(Integer.toString(pool.getMaxIdle()));
        assertThat(redis.row("min-idle").orElseThrow().standard()).isEqualTo(Integer.toString(pool.getMinIdle()));
        assertThat(pool.getMaxWaitDuration()).isNegative();
        assertThat(pool.getDurationBetweenEvictionRuns()).isNegative();
    }

    /** Names that a pool has and its table lacks would be told as unknown. */
    @ParameterizedTest
    @EnumSource(names = {"HIKARI", "DBCP2", "TOMCAT", "C3P0"})
    void everyPropertyThatCanBeSetIsKnown(Kind kind) throws Exception {
        List<String> unknown = new ArrayList<>();
        for (PropertyDescriptor each :
                Introspector.getBeanInfo(fresh(kind).getClass()).getPropertyDescriptors()) {
            boolean text = each.getPropertyType() == String.class
                    || each.getPropertyType() == Duration.class
                    || each.getPropertyType().isPrimitive();
            if (text
                    && each.getWriteMethod() != null
                    && Dialect.of(kind).row(each.getName()).isEmpty()) {
                unknown.add(each.getName());
            }
        }
        assertThat(unknown).isEmpty();
    }
}
