package dev.weir.memory;

import dev.weir.memory.agent.MemoryAgent;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.AccessibleObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the agent lends: sizes, loaded classes, and packages opened to this module alone, one call a module the first time
 * it is met. Not thread-safe.
 */
final class HeapAccess {

    private final Instrumentation instrumentation;
    private final Set<Module> opened = new HashSet<>();

    HeapAccess(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /** The access that the agent of this process lends; {@code null} where it was not started. */
    static @Nullable HeapAccess ofThisProcess() {
        Instrumentation given = MemoryAgent.instrumentation();
        return given == null ? null : new HeapAccess(given);
    }

    /** An object's own bytes, header and padding included. */
    long size(Object object) {
        return instrumentation.getObjectSize(object);
    }

    Class<?>[] loadedClasses() {
        return instrumentation.getAllLoadedClasses();
    }

    /** Makes a member readable; false where the JVM refuses. */
    boolean open(AccessibleObject member, Class<?> owner) {
        Module mine = HeapAccess.class.getModule();
        Module theirs = owner.getModule();
        if (theirs.isNamed() && opened.add(theirs)) {
            Map<String, Set<Module>> opens = new HashMap<>();
            for (String name : theirs.getPackages()) {
                opens.put(name, Set.of(mine));
            }
            instrumentation.redefineModule(theirs, Set.of(), Map.of(), opens, Set.of(), Map.of());
        }
        try {
            return member.trySetAccessible();
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
