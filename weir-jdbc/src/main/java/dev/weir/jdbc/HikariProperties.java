package dev.weir.jdbc;

import java.sql.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads HikariCP's property names with HikariCP's meanings, units and defaults, as its README of version 7 has them. What Weir
 * does otherwise is said: a warning where that does no harm, a problem where it could.
 *
 * <p>Two limits that HikariCP does not have stay: a queue of {@value #WAITERS} waiters, and an answer at once after repeated
 * failures to connect.
 */
final class HikariProperties {

    /** HikariCP's queue has no bound; this one lets through what any of its users could have meant. */
    static final int WAITERS = 10_000;

    private static final String DATA_SOURCE_PREFIX = "dataSource.";
    private static final String HEALTH_PREFIX = "healthCheckProperties.";
    private static final long SHORTEST_TIMEOUT = 250;
    private static final long SHORTEST_LIFETIME = 30_000;

    private static final Set<String> READ = Set.of(
            "autoCommit",
            "catalog",
            "connectionInitSql",
            "connectionTestQuery",
            "connectionTimeout",
            "dataSourceClassName",
            "driverClassName",
            "idleTimeout",
            "initializationFailTimeout",
            "isolateInternalQueries",
            "jdbcUrl",
            "allowPoolSuspension",
            "keepaliveTime",
            "leakDetectionThreshold",
            "maxLifetime",
            "maximumPoolSize",
            "minimumIdle",
            "password",
            "poolName",
            "readOnly",
            "registerMbeans",
            "schema",
            "transactionIsolation",
            "username",
            "validationTimeout");

    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "metricRegistry", "subscribe to the pool's events instead",
            "metricsTrackerFactory", "subscribe to the pool's events instead",
            "healthCheckRegistry", "use the pool's snapshot instead",
            "healthCheckProperties", "use the pool's snapshot instead",
            "threadFactory", "Weir's worker threads serve all pools",
            "scheduledExecutor", "one housekeeper serves all pools",
            "exceptionOverrideClassName", "Weir reads SQLStates itself and retires what is broken",
            "exceptionOverride", "Weir reads SQLStates itself and retires what is broken");

    private static final Map<String, String> REFUSED = Map.of(
            "dataSourceJNDI", "look the DataSource up and hand it to dataSource(...)",
            "dataSource", "hand the DataSource itself to dataSource(...)",
            "credentialsProvider", "hand a CredentialsProvider to credentials(...)",
            "credentialsProviderClassName", "hand a CredentialsProvider to credentials(...)");

    private final WeirDataSourceBuilder builder = new WeirDataSourceBuilder();
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, String> forDataSource = new TreeMap<>();

    private HikariProperties() {}

    /** A builder with what the properties say; what they say wrong is among its problems. */
    static WeirDataSourceBuilder read(Properties properties) {
        HikariProperties reader = new HikariProperties();
        reader.sort(properties);
        reader.sizes();
        reader.timeouts();
        reader.session();
        reader.source();
        return reader.builder;
    }

    private void sort(Properties properties) {
        Set<String> known = new HashSet<>(READ);
        known.addAll(WITHOUT_EFFECT.keySet());
        known.addAll(REFUSED.keySet());
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            String value = properties.getProperty(key).strip();
            if (READ.contains(key)) {
                values.put(key, value);
            } else if (key.startsWith(DATA_SOURCE_PREFIX)) {
                forDataSource.put(key.substring(DATA_SOURCE_PREFIX.length()), value);
            } else if (WITHOUT_EFFECT.containsKey(key) || key.startsWith(HEALTH_PREFIX)) {
                warn(key, WITHOUT_EFFECT.getOrDefault(key, "use the pool's snapshot instead"));
            } else if (REFUSED.containsKey(key)) {
                problem(key + " cannot be read from properties: " + REFUSED.get(key));
            } else {
                problem("unknown property " + key + Suggestion.of(key, known));
            }
        }
    }

    private void sizes() {
        int max = read("maximumPoolSize", PropertyValues::integer, 10);
        int wanted = read("minimumIdle", PropertyValues::integer, max);
        int min = wanted < 0 ? max : Math.min(wanted, max);
        if (min != wanted) {
            builder.warnings.add("minimumIdle " + wanted + " is taken as maximumPoolSize " + max);
        }
        builder.settings(pool -> pool.min(min).max(max).maxWaiters(WAITERS));
        String name = values.get("poolName");
        if (name != null) {
            builder.name(name);
        }
    }

    private void timeouts() {
        Duration connection = atLeast("connectionTimeout", 30_000, SHORTEST_TIMEOUT);
        Duration validation = atLeast("validationTimeout", 5_000, SHORTEST_TIMEOUT);
        Duration keepalive = orOff("keepaliveTime", 120_000);
        Duration leak = orOff("leakDetectionThreshold", 0);
        Duration lifetime = orOff("maxLifetime", 1_800_000);
        if (!lifetime.isZero() && lifetime.toMillis() < SHORTEST_LIFETIME) {
            problem("maxLifetime is " + lifetime.toMillis() + " ms: use 0 for none, or " + SHORTEST_LIFETIME
                    + " ms or more");
        }
        Duration idle = orOff("idleTimeout", 600_000);
        boolean idleNeverApplies = !lifetime.isZero() && idle.compareTo(lifetime) > 0;
        if (idleNeverApplies && values.containsKey("idleTimeout")) {
            warn("idleTimeout", "it is longer than maxLifetime and never applies");
        }
        builder.settings(pool -> pool.acquireTimeout(connection)
                .createTimeout(connection)
                .checkTimeout(validation)
                .healthCheckInterval(keepalive)
                .leakThreshold(leak)
                .maxLifetime(lifetime)
                .idleTimeout(idleNeverApplies ? Duration.ZERO : idle));
        // HikariCP looks for a first connection at start unless told otherwise, and lets that take the connection
        // timeout.
        long start = read("initializationFailTimeout", PropertyValues::whole, 1L);
        if (start > 0) {
            builder.startTimeout(Duration.ofMillis(Math.max(start, connection.toMillis())));
        } else if (start == 0) {
            warn(
                    "initializationFailTimeout",
                    "0 asks for a look that may fail; the pool starts without one, as with -1");
        }
    }

    /** A timeout that must not be 0, which means "for ever" to HikariCP. */
    private Duration atLeast(String key, long byDefault, long least) {
        long millis = read(key, PropertyValues::whole, byDefault);
        if (millis == 0) {
            problem(key + " is 0, which would wait for ever: set the milliseconds a caller can wait, such as "
                    + byDefault);
        } else if (millis < least) {
            problem(key + " is " + millis + " ms: use " + least + " ms or more");
        }
        return Duration.ofMillis(millis >= least ? millis : byDefault);
    }

    /** A time for which 0 is "off". */
    private Duration orOff(String key, long byDefault) {
        return Duration.ofMillis(read(key, PropertyValues::whole, byDefault));
    }

    private void session() {
        builder.autoCommit(read("autoCommit", PropertyValues::truth, true));
        if (values.containsKey("readOnly")) {
            builder.readOnly(read("readOnly", PropertyValues::truth, false));
        }
        if (values.containsKey("transactionIsolation")) {
            builder.isolation(
                    read("transactionIsolation", PropertyValues::isolation, Connection.TRANSACTION_READ_COMMITTED));
        }
        builder.catalog = values.get("catalog");
        builder.schema = values.get("schema");
        builder.connectionInitSql = values.get("connectionInitSql");
        builder.checkQuery = values.get("connectionTestQuery");
        if (!read("isolateInternalQueries", PropertyValues::truth, true)) {
            warn("isolateInternalQueries", "Weir always ends the transaction of its own queries");
        }
        if (read("registerMbeans", PropertyValues::truth, false)) {
            warn("registerMbeans", "use the pool's snapshot and events instead");
        }
        // Every pool of Weir can be suspended; only the spelling is of interest.
        read("allowPoolSuspension", PropertyValues::truth, false);
    }

    private void source() {
        builder.user(values.get("username")).password(values.get("password"));
        String url = values.get("jdbcUrl");
        String driver = values.get("driverClassName");
        String dataSource = values.get("dataSourceClassName");
        if (dataSource == null) {
            builder.url = url;
            builder.driverClassName = driver;
            forDataSource.forEach(builder::driverProperty);
            return;
        }
        if (url != null || driver != null) {
            warn("jdbcUrl and driverClassName", "dataSourceClassName goes before them");
        }
        builder.dataSource = DataSourceBean.make(dataSource, forDataSource, builder.problems);
    }

    private <T> T read(String key, Function<String, T> reader, T byDefault) {
        String value = values.get(key);
        if (value == null) {
            return byDefault;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException unreadable) {
            problem(key + " is " + value + ": " + unreadable.getMessage());
            return byDefault;
        }
    }

    private void problem(String text) {
        builder.problems.add(text);
    }

    private void warn(String key, String why) {
        builder.warnings.add(key + " has no effect: " + why);
    }
}
