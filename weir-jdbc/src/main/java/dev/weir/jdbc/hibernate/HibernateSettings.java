package dev.weir.jdbc.hibernate;

import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.hibernate.cfg.AvailableSettings;
import org.jspecify.annotations.Nullable;

/** Reads Hibernate's settings as Weir's properties: first the standard ones, then Weir's own, which prevail. */
final class HibernateSettings {

    /** What follows it is one of Weir's own property names, as {@code docs/configuration.md} lists them. */
    static final String PREFIX = "hibernate.weir.";

    /** What follows it and means nothing to Hibernate is a property of the driver. */
    private static final String DRIVER_PREFIX = "hibernate.connection.";

    // Hibernate's constants for these are deprecated, the names are not.
    private static final String OLDER_URL = DRIVER_PREFIX + "url";
    private static final String OLDER_USER = DRIVER_PREFIX + "username";
    private static final String OLDER_PASS = DRIVER_PREFIX + "password";
    private static final String OLDER_DRIVER = DRIVER_PREFIX + "driver_class";

    private static final Set<String> HIBERNATES = Set.of(
            AvailableSettings.CONNECTION_PROVIDER,
            OLDER_DRIVER,
            OLDER_URL,
            OLDER_USER,
            OLDER_PASS,
            AvailableSettings.ISOLATION,
            AvailableSettings.AUTOCOMMIT,
            AvailableSettings.POOL_SIZE,
            DRIVER_PREFIX + "datasource",
            AvailableSettings.LOGIN_TIMEOUT,
            AvailableSettings.CONNECTION_HANDLING,
            AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT,
            DRIVER_PREFIX + "release_mode",
            DRIVER_PREFIX + "acquisition_mode");

    private HibernateSettings() {}

    static Properties toWeir(Map<String, Object> hibernate) {
        Properties weir = new Properties();
        put(weir, "url", first(hibernate, AvailableSettings.JAKARTA_JDBC_URL, OLDER_URL));
        put(weir, "user", first(hibernate, AvailableSettings.JAKARTA_JDBC_USER, OLDER_USER));
        put(weir, "password", first(hibernate, AvailableSettings.JAKARTA_JDBC_PASSWORD, OLDER_PASS));
        put(weir, "driver-class-name", first(hibernate, AvailableSettings.JAKARTA_JDBC_DRIVER, OLDER_DRIVER));
        put(weir, "max", hibernate.get(AvailableSettings.POOL_SIZE));
        put(weir, "auto-commit", hibernate.get(AvailableSettings.AUTOCOMMIT));
        put(weir, "isolation", isolation(hibernate.get(AvailableSettings.ISOLATION)));
        put(weir, "create-timeout", seconds(hibernate.get(AvailableSettings.LOGIN_TIMEOUT)));
        hibernate.forEach((key, value) -> {
            if (key.startsWith(DRIVER_PREFIX) && !HIBERNATES.contains(key)) {
                put(weir, "driver." + key.substring(DRIVER_PREFIX.length()), value);
            }
        });
        hibernate.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && !WeirConnectionProvider.OBJECTS.contains(key)) {
                put(weir, key.substring(PREFIX.length()), value);
            }
        });
        return weir;
    }

    private static void put(Properties weir, String key, @Nullable Object value) {
        if (value != null) {
            weir.setProperty(key, value.toString());
        }
    }

    private static @Nullable Object first(Map<String, Object> hibernate, String standard, String older) {
        Object value = hibernate.get(standard);
        return value == null ? hibernate.get(older) : value;
    }

    private static @Nullable String seconds(@Nullable Object hibernates) {
        return hibernates == null ? null : hibernates + "s";
    }

    /** Hibernate takes JDBC's numbers, JDBC's names, and names without their first word. */
    private static @Nullable String isolation(@Nullable Object hibernates) {
        if (hibernates == null) {
            return null;
        }
        String name = hibernates.toString().strip();
        return switch (name) {
            case "1" -> "read-uncommitted";
            case "2" -> "read-committed";
            case "4" -> "repeatable-read";
            case "8" -> "serializable";
            default ->
                name.toLowerCase(Locale.ROOT)
                        .replaceFirst("^transaction[_-]", "")
                        .replace('_', '-');
        };
    }
}
