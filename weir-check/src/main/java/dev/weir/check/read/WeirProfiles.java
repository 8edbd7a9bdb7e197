package dev.weir.check.read;

import dev.weir.check.facts.Dialect;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Value;
import dev.weir.pool.PoolSettings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What Weir's settings are when nobody writes them: those of the profile, asked from the engine itself. */
final class WeirProfiles {

    private static final long FRUGAL_QUERY_MILLIS = 15_000;

    private WeirProfiles() {}

    /** Fills a pool from a profile; one that does not exist leaves the defaults unknown. */
    static void fill(Pool pool, String profile) {
        String name = profile.strip().toLowerCase(Locale.ROOT);
        settings(name).ifPresent(settings -> {
            fill(pool, settings);
            standard(pool, Setting.QUERY_TIMEOUT, name.equals("frugal") ? FRUGAL_QUERY_MILLIS : 0);
        });
    }

    private static Optional<PoolSettings> settings(String profile) {
        return switch (profile) {
            case "shared" -> Optional.of(PoolSettings.shared());
            case "frugal" -> Optional.of(PoolSettings.frugal());
            case "performance" -> Optional.of(PoolSettings.performance());
            default -> Optional.empty();
        };
    }

    private static void fill(Pool pool, PoolSettings settings) {
        Dialect dialect = Dialect.of(pool.kind());
        for (RecordComponent component : PoolSettings.class.getRecordComponents()) {
            dialect.row(component.getName()).map(Dialect.Row::setting).ifPresent(setting -> {
                Object value = value(component, settings);
                if (value instanceof Duration duration) {
                    standard(pool, setting, duration.toMillis());
                } else if (value instanceof Integer number) {
                    standard(pool, setting, number);
                }
            });
        }
    }

    private static void standard(Pool pool, Setting setting, long number) {
        pool.standard(
                setting, new Value(number, Long.toString(number), pool.place().withKey(pool.nameOf(setting)), false));
    }

    private static Object value(RecordComponent component, PoolSettings settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record's component can be read", impossible);
        }
    }
}
