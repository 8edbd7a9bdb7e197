package dev.weir.server.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the components of a settings record by their names, so that a new setting is a field of the file the day it
 * is written. What the file leaves out keeps its value.
 */
final class SettingsFields {

    private SettingsFields() {}

    /** The components that the file gives, by name, in the record's order. */
    static Map<String, Object> read(Fields fields, Class<? extends Record> settings, Object standard) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (RecordComponent component : settings.getRecordComponents()) {
            String name = component.getName();
            if (fields.has(name)) {
                Object value = value(fields, component, valueOf(component, standard));
                if (value != null) {
                    given.put(name, value);
                }
            }
        }
        return given;
    }

    /** All components of settings, by name. */
    static Map<String, Object> all(Record settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            all.put(component.getName(), valueOf(component, settings));
        }
        return all;
    }

    /** Calls the builder's method of each component's name. */
    static <B> B apply(Map<String, Object> given, Class<? extends Record> settings, B builder) {
        for (RecordComponent component : settings.getRecordComponents()) {
            Object value = given.get(component.getName());
            if (value != null) {
                try {
                    builder.getClass()
                            .getMethod(component.getName(), component.getType())
                            .invoke(builder, value);
                } catch (InvocationTargetException refused) {
                    throw refused.getCause() instanceof RuntimeException cause
                            ? cause
                            : new IllegalStateException(refused.getCause());
                } catch (ReflectiveOperationException missing) {
                    throw new LinkageError(settings + " has no builder method " + component.getName(), missing);
                }
            }
        }
        return builder;
    }

    private static @Nullable Object value(Fields fields, RecordComponent component, Object standard) {
        String name = component.getName();
        Class<?> type = component.getType();
        if (type == int.class) {
            return fields.number(name, (Integer) standard, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (type == long.class) {
            return fields.bytes(name, (Long) standard);
        }
        if (type == double.class) {
            return fields.fraction(name, (Double) standard);
        }
        if (type == boolean.class) {
            return fields.flag(name, (Boolean) standard);
        }
        if (type == Duration.class) {
            return fields.duration(name);
        }
        if (type.isEnum()) {
            return choice(fields, name, type);
        }
        if (type == String.class) {
            return fields.text(name);
        }
        throw new LinkageError("a setting of type " + type + " cannot be read from a file yet: " + name);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // isEnum() has been asked
    private static @Nullable Object choice(Fields fields, String name, Class<?> type) {
        return fields.choice(name, (Class) type);
    }

    private static Object valueOf(RecordComponent component, Object settings) {
        try {
            return component.getAccessor().invoke(settings);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError("a record's own accessor cannot be called", impossible);
        }
    }
}
