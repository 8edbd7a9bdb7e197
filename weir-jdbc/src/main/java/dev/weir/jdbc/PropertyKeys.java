package dev.weir.jdbc;

import dev.weir.pool.LeakStacks;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.QueuePolicy;
import dev.weir.pool.Scaling;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Weir's own property names and what each sets; {@code docs/configuration.md} has the same list with the defaults. */
final class PropertyKeys {

    /** What follows it is the name of a property of the driver. */
    static final String DRIVER_PREFIX = "driver.";

    private static final Map<String, BiConsumer<WeirDataSourceBuilder, String>> KEYS = new LinkedHashMap<>();

    static {
        direct("name", text -> text, WeirDataSourceBuilder::name);
        direct("url", text -> text, WeirDataSourceBuilder::url);
        direct("user", text -> text, WeirDataSourceBuilder::user);
        direct("password", text -> text, WeirDataSourceBuilder::password);
        direct("driver-class-name", text -> text, WeirDataSourceBuilder::driverClassName);
        direct("profile", text -> PropertyValues.constant(Profile.class, text), WeirDataSourceBuilder::profile);

        pool("min", PropertyValues::integer, PoolSettings.Builder::min);
        pool("max", PropertyValues::integer, PoolSettings.Builder::max);
        pool("acquire-timeout", PropertyValues::duration, PoolSettings.Builder::acquireTimeout);
        pool("create-timeout", PropertyValues::duration, PoolSettings.Builder::createTimeout);
        pool("destroy-timeout", PropertyValues::duration, PoolSettings.Builder::destroyTimeout);
        pool("check-timeout", PropertyValues::duration, PoolSettings.Builder::checkTimeout);
        pool("idle-timeout", PropertyValues::duration, PoolSettings.Builder::idleTimeout);
        pool("max-lifetime", PropertyValues::duration, PoolSettings.Builder::maxLifetime);
        pool("lifetime-jitter", PropertyValues::fraction, PoolSettings.Builder::lifetimeJitter);
        pool("check-after-rest", PropertyValues::duration, PoolSettings.Builder::checkAfterRest);
        pool("health-check-interval", PropertyValues::duration, PoolSettings.Builder::healthCheckInterval);
        pool("reap-interval", PropertyValues::duration, PoolSettings.Builder::reapInterval);
        pool("max-waiters", PropertyValues::integer, PoolSettings.Builder::maxWaiters);
        pool(
                "queue-policy",
                text -> PropertyValues.constant(QueuePolicy.class, text),
                PoolSettings.Builder::queuePolicy);
        pool("delay-target", PropertyValues::duration, PoolSettings.Builder::delayTarget);
        pool("delay-interval", PropertyValues::duration, PoolSettings.Builder::delayInterval);
        pool("leak-threshold", PropertyValues::duration, PoolSettings.Builder::leakThreshold);
        pool("leak-stacks", text -> PropertyValues.constant(LeakStacks.class, text), PoolSettings.Builder::leakStacks);
        pool("reclaim-leaks", PropertyValues::truth, PoolSettings.Builder::reclaimLeaks);
        pool("scaling", text -> PropertyValues.constant(Scaling.class, text), PoolSettings.Builder::scaling);
        pool("scale-interval", PropertyValues::duration, PoolSettings.Builder::scaleInterval);
        pool("fail-fast-after", PropertyValues::integer, PoolSettings.Builder::failFastAfter);
        pool("connect-pause", PropertyValues::duration, PoolSettings.Builder::connectPause);
        pool("connect-pause-max", PropertyValues::duration, PoolSettings.Builder::connectPauseMax);
        pool("connects-at-once", PropertyValues::integer, PoolSettings.Builder::connectsAtOnce);
        pool("budget-floor", PropertyValues::bytes, PoolSettings.Builder::budgetFloor);
        pool("budget-weight", PropertyValues::integer, PoolSettings.Builder::budgetWeight);
        pool("budget-ceiling", PropertyValues::bytes, PoolSettings.Builder::budgetCeiling);

        direct("query-timeout", PropertyValues::duration, WeirDataSourceBuilder::queryTimeout);
        direct(
                "session-reset",
                text -> PropertyValues.constant(SessionReset.class, text),
                WeirDataSourceBuilder::sessionReset);
        direct("auto-commit", PropertyValues::truth, WeirDataSourceBuilder::autoCommit);
        direct("read-only", PropertyValues::truth, WeirDataSourceBuilder::readOnly);
        direct("isolation", PropertyValues::isolation, WeirDataSourceBuilder::isolation);
        direct("catalog", text -> text, WeirDataSourceBuilder::catalog);
        direct("schema", text -> text, WeirDataSourceBuilder::schema);
        direct("connection-init-sql", text -> text, WeirDataSourceBuilder::connectionInitSql);
        direct("check-query", text -> text, WeirDataSourceBuilder::checkQuery);
        direct("start-timeout", PropertyValues::duration, WeirDataSourceBuilder::startTimeout);
        cache(
                "query-cache-max-entries",
                (now, text) ->
                        new QueryCacheSettings(PropertyValues.integer(text), now.maxBytes(), now.maxEntryBytes()));
        cache(
                "query-cache-max-bytes",
                (now, text) ->
                        new QueryCacheSettings(now.maxEntries(), PropertyValues.bytes(text), now.maxEntryBytes()));
        cache(
                "query-cache-max-entry-bytes",
                (now, text) -> new QueryCacheSettings(now.maxEntries(), now.maxBytes(), PropertyValues.bytes(text)));
        direct("statement-statistics", PropertyValues::truth, WeirDataSourceBuilder::statementStatistics);
    }

    private PropertyKeys() {}

    /** Every key, in the order of the documentation. */
    static Iterable<String> names() {
        return Collections.unmodifiableSet(KEYS.keySet());
    }

    /** A builder with what the properties say; what they say wrong is among its problems. */
    static WeirDataSourceBuilder read(Properties properties) {
        WeirDataSourceBuilder builder = new WeirDataSourceBuilder();
        for (String key : properties.stringPropertyNames().stream().sorted().toList()) {
            String value = properties.getProperty(key).strip();
            BiConsumer<WeirDataSourceBuilder, String> setting = KEYS.get(key);
            if (key.startsWith(DRIVER_PREFIX)) {
                builder.driverProperty(key.substring(DRIVER_PREFIX.length()), value);
            } else if (setting == null) {
                builder.problems.add("unknown key " + key + Suggestion.of(key, KEYS.keySet()));
            } else {
                try {
                    setting.accept(builder, value);
                } catch (IllegalArgumentException unreadable) {
                    builder.problems.add(key + " is " + value + ": " + unreadable.getMessage());
                }
            }
        }
        return builder;
    }

    private static <T> void direct(
            String key, Function<String, T> reader, BiConsumer<WeirDataSourceBuilder, T> setter) {
        KEYS.put(key, (builder, text) -> setter.accept(builder, reader.apply(text)));
    }

    private static <T> void pool(String key, Function<String, T> reader, BiConsumer<PoolSettings.Builder, T> setter) {
        KEYS.put(key, (builder, text) -> {
            T value = reader.apply(text);
            builder.settings(pool -> setter.accept(pool, value));
        });
    }

    private static void cache(
            String key, java.util.function.BiFunction<QueryCacheSettings, String, QueryCacheSettings> change) {
        KEYS.put(key, (builder, text) -> builder.queryCache(change.apply(builder.queryCache, text)));
    }
}
