package dev.weir.memory;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Reads fields of other people's objects by name, through dots: {@code poolProperties.name}. Calls no code of theirs. */
final class FieldPaths {

    private final HeapAccess access;

    FieldPaths(HeapAccess access) {
        this.access = access;
    }

    /** The value, or {@code null} where a field of that name is missing or empty. */
    @Nullable Object read(Object object, String path) {
        Object at = object;
        for (String name : path.split("\\.", -1)) {
            Field field = find(at.getClass(), name);
            Object next = field == null ? null : OwnershipWalk.read(field, at);
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    /** A whole number at the end of the path, atomic ones included. */
    @Nullable Long number(Object object, String path) {
        return read(object, path) instanceof Number number ? number.longValue() : null;
    }

    /** The value of a static; {@code null} where there is none of that name. The class must be initialized. */
    @Nullable Object readStatic(Class<?> type, String name) {
        Field field = find(type, name);
        try {
            return field == null || !Modifier.isStatic(field.getModifiers()) ? null : field.get(null);
        } catch (IllegalAccessException | RuntimeException closed) {
            return null;
        }
    }

    private @Nullable Field find(Class<?> type, String name) {
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            try {
                Field field = declaring.getDeclaredField(name);
                return access.open(field, declaring) ? field : null;
            } catch (NoSuchFieldException inherited) {
                // declared higher up
            } catch (LinkageError incomplete) {
                return null;
            }
        }
        return null;
    }
}
