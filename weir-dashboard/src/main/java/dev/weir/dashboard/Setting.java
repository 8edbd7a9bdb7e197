package dev.weir.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.pool.PoolSettings;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A pool's setting, by the components of {@link PoolSettings}: durations are told in milliseconds, under the setting's name
 * with {@code Ms} behind it.
 *
 * @param name its name here
 * @param value its value in force
 * @param editable whether it may be changed while the pool runs
 */
record Setting(String name, Object value, boolean editable) {

    /** What takes effect at once and breaks nobody: the rest belongs into the configuration. */
    private static final Set<String> EDITABLE = Set.of(
            "min",
            "max",
            "acquireTimeout",
            "idleTimeout",
            "maxLifetime",
            "checkAfterRest",
            "healthCheckInterval",
            "maxWaiters",
            "leakThreshold",
            "reclaimLeaks",
            "budgetWeight");

    private static final long YEAR_MS = 366L * 24 * 60 * 60 * 1000;

    static List<Setting> of(PoolSettings settings, boolean steerable) {
        List<Setting> all = new ArrayList<>();
        for (RecordComponent component : PoolSettings.class.getRecordComponents()) {
            Object value = read(component, settings);
            all.add(new Setting(name(component), shown(value), steerable && EDITABLE.contains(component.getName())));
        }
        return all;
    }

    private static String name(RecordComponent component) {
        return component.getType() == Duration.class ? component.getName() + "Ms" : component.getName();
    }

    private static Object shown(Object value) {
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        return value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value;
    }

    /**
     * The settings with these changes.
     *
     * @throws Problem 400, naming what is unknown, fixed, or of the wrong kind
     */
    static PoolSettings changed(PoolSettings settings, Map<String, JsonNode> changes) {
        Map<String, RecordComponent> known = new LinkedHashMap<>();
        for (RecordComponent component : PoolSettings.class.getRecordComponents()) {
            known.put(name(component), component);
        }
        PoolSettings.Builder builder = settings.toBuilder();
        for (Map.Entry<String, JsonNode> change : changes.entrySet()) {
            RecordComponent component = known.get(change.getKey());
            if (component == null) {
                throw Problem.bad("There is no setting named '" + shortened(change.getKey()) + "'.");
            }
            if (!EDITABLE.contains(component.getName())) {
                throw Problem.bad(component.getName() + " cannot be changed while the pool runs.");
            }
            write(builder, component, value(component, change.getKey(), change.getValue()));
        }
        return builder.build();
    }

    private static Object value(RecordComponent component, String name, JsonNode given) {
        if (component.getType() == Duration.class && given.isIntegralNumber() && Math.abs(given.asLong()) <= YEAR_MS) {
            return Duration.ofMillis(given.asLong());
        }
        if (component.getType() == int.class && given.isInt()) {
            return given.intValue();
        }
        if (component.getType() == boolean.class && given.isBoolean()) {
            return given.booleanValue();
        }
        throw Problem.bad(name + " needs "
                + (component.getType() == boolean.class ? "true or false." : "a whole number in its range."));
    }

    private static Object read(RecordComponent component, PoolSettings settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a record's own accessor cannot be called", impossible);
        }
    }

    private static void write(PoolSettings.Builder builder, RecordComponent component, Object value) {
        try {
            Method setter = PoolSettings.Builder.class.getMethod(component.getName(), component.getType());
            setter.invoke(builder, value);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("the builder has no setter for " + component.getName(), impossible);
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
