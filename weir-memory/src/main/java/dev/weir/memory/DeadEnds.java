package dev.weir.memory;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;

/**
 * Types that a search need not enter, because nothing but plain values can lie behind them: final classes whose fields are all of such types. What
 * applications hold millions of is mostly of that kind. Not thread-safe; for one analysis.
 */
final class DeadEnds {

    /** Deeper nests of values are entered. */
    private static final int DEPTH = 4;

    private final Map<Class<?>, Boolean> known = new HashMap<>();

    /** Whether an object that a field of this type refers to leads nowhere. */
    boolean test(Class<?> type) {
        return test(type, DEPTH);
    }

    private boolean test(Class<?> type, int depth) {
        if (type.isPrimitive()) {
            return true;
        }
        if (type.isArray()) {
            return test(type.getComponentType(), depth);
        }
        if (!Modifier.isFinal(type.getModifiers()) || depth == 0) {
            return false;
        }
        Boolean answer = known.get(type);
        if (answer == null) {
            answer = look(type, depth);
            // A "no" for want of depth may be a "yes" from elsewhere.
            if (answer || depth == DEPTH) {
                known.put(type, answer);
            }
        }
        return answer;
    }

    private boolean look(Class<?> type, int depth) {
        try {
            for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
                for (Field field : declaring.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !test(field.getType(), depth - 1)) {
                        return false;
                    }
                }
            }
            return true;
        } catch (LinkageError incomplete) {
            return false;
        }
    }
}
