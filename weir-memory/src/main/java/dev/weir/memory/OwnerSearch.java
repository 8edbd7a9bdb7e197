package dev.weir.memory;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@linkplain KnownOwner known owners} of a JVM that nobody prepared: breadth first from the statics of its
 * classes, its live threads and its MBeans. A large collection is entered at its first elements only, so that a heap full
 * of data costs little. Not thread-safe; for one search.
 */
final class OwnerSearch {

    /** An owner and the way to it. */
    record Sighting(KnownOwner known, Object owner, String foundBy) {}

    private record Step(Object object, String foundBy) {}

    /** Elements of a larger array that are entered. */
    private static final int ELEMENTS = 256;

    private final ClassPlans plans;
    private final HeapAccess access;
    private final Allowance allowance;
    private final Visited visited = new Visited();
    private final Deque<Step> frontier = new ArrayDeque<>();
    private final Map<Class<?>, Optional<KnownOwner>> verdicts = new HashMap<>();
    private final List<Sighting> found = new ArrayList<>();

    OwnerSearch(ClassPlans plans, Allowance allowance) {
        this.plans = plans;
        this.access = plans.access();
        this.allowance = allowance;
    }

    /** The owners, those of a lower rank first. */
    List<Sighting> run() {
        Class<?>[] loaded = access.loadedClasses();
        if (!anyKnown(loaded)) {
            return List.of();
        }
        threads();
        statics(loaded);
        meet(ManagementFactory.getPlatformMBeanServer(), "an MBean");
        while (!frontier.isEmpty() && allowance.take()) {
            Step step = frontier.poll();
            enter(step.object(), step.foundBy());
        }
        found.sort(Comparator.comparingInt(sighting -> sighting.known().rank));
        return found;
    }

    /** Objects looked at. */
    long objects() {
        return visited.size();
    }

    private static boolean anyKnown(Class<?>[] loaded) {
        Set<String> names = new HashSet<>();
        for (KnownOwner known : KnownOwner.values()) {
            names.add(known.className);
        }
        return Arrays.stream(loaded).anyMatch(type -> names.contains(type.getName()));
    }

    private void threads() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] all = new Thread[top.activeCount() + 64];
        int count = top.enumerate(all);
        for (int i = 0; i < count; i++) {
            Thread thread = all[i];
            String foundBy = "thread " + thread.getName();
            for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
                readFields(type, thread, foundBy);
            }
        }
    }

    private void statics(Class<?>[] loaded) {
        InitializedClasses initialized = new InitializedClasses(access);
        for (Class<?> type : loaded) {
            if (!type.isArray() && !type.isPrimitive() && belongsToProgram(type) && initialized.test(type)) {
                readFields(type, null, "a static of " + type.getName());
            }
        }
    }

    /** The JDK's own statics lead to no owner but the two that programs register with. */
    private static boolean belongsToProgram(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return (loader != null && loader != ClassLoader.getPlatformClassLoader() && !type.isHidden())
                || type.getName().equals("java.lang.ApplicationShutdownHooks");
    }

    private void readFields(Class<?> type, @Nullable Object of, String foundBy) {
        try {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive()
                        && Modifier.isStatic(field.getModifiers()) == (of == null)
                        && access.open(field, type)) {
                    meet(field.get(of), foundBy);
                }
            }
        } catch (IllegalAccessException | RuntimeException | LinkageError incomplete) {
            // A class whose own parts are missing leads nowhere.
        }
    }

    private void enter(Object object, String foundBy) {
        ClassPlan plan = plans.of(object);
        if (object instanceof Object[] elements) {
            for (int i = 0; i < Math.min(elements.length, ELEMENTS); i++) {
                meet(elements[i], foundBy);
            }
        } else {
            for (Field field : plan.leading) {
                meet(OwnershipWalk.read(field, object), foundBy);
            }
        }
    }

    private void meet(@Nullable Object object, String foundBy) {
        if (object == null) {
            return;
        }
        ClassPlan plan = plans.of(object);
        if (plan.leadsNowhere()) {
            return;
        }
        int place = visited.place(object);
        if (!visited.isNew(place)) {
            return;
        }
        visited.add(place, object, 0, false);
        verdicts.computeIfAbsent(object.getClass(), type -> Optional.ofNullable(KnownOwner.of(type)))
                .ifPresent(known -> found.add(new Sighting(known, object, foundBy)));
        frontier.add(new Step(object, foundBy));
    }
}
