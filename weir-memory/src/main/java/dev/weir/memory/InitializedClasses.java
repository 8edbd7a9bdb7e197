package dev.weir.memory;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Knows whether a class is initialized: to read a static of one that is not would initialize it, which changes the program. */
final class InitializedClasses {

    private final @Nullable Object unsafe;
    private final @Nullable Method shouldBeInitialized;

    InitializedClasses(HeapAccess access) {
        Object instance = null;
        Method asked = null;
        try {
            // The JDK asks its own Unsafe the same before it reads a static by a method handle.
            Class<?> type = Class.forName("jdk.internal.misc.Unsafe");
            Method get = type.getMethod("getUnsafe");
            Method question = type.getMethod("shouldBeInitialized", Class.class);
            if (access.open(get, type) && access.open(question, type)) {
                instance = get.invoke(null);
                asked = question;
            }
        } catch (ReflectiveOperationException | RuntimeException otherJvm) {
            asked = null;
        }
        unsafe = instance;
        shouldBeInitialized = asked;
    }

    /** Whether the answers are to be had at all. */
    boolean known() {
        return shouldBeInitialized != null;
    }

    boolean test(Class<?> type) {
        try {
            return shouldBeInitialized != null && Boolean.FALSE.equals(shouldBeInitialized.invoke(unsafe, type));
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return false;
        }
    }
}
