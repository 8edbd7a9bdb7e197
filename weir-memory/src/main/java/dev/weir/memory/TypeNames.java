package dev.weir.memory;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks what a class is by name, because the class asked for may lie in any class loader, or be absent. */
final class TypeNames {

    private TypeNames() {}

    /** Whether the class is, extends or implements one of that name. */
    static boolean is(@Nullable Class<?> type, String name) {
        return any(type, name::equals);
    }

    /** Whether the class, or one that it extends or implements, has such a name. */
    static boolean any(@Nullable Class<?> type, Predicate<String> names) {
        if (type == null) {
            return false;
        }
        if (names.test(type.getName()) || any(type.getSuperclass(), names)) {
            return true;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (any(parent, names)) {
                return true;
            }
        }
        return false;
    }
}
