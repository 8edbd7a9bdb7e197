package dev.weir.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How the objects of a class are walked: which fields to follow, and where to stop. Immutable. */
final class ClassPlan {

    /** What is done with an object of the class. */
    enum Step {
        /** Not counted and not entered: it belongs to the JVM or to everybody. */
        STOP,
        /** Counted; refers to nothing. */
        LEAF,
        /** Counted, and its fields are followed. */
        FIELDS,
        /** Counted, and its elements are followed. */
        ELEMENTS
    }

    /**
     * Objects that every owner reaches and none owns, by the beginning of a class name: to enter them would charge the
     * application to a pool.
     */
    private static final List<String> COMMON = List.of(
            "org.slf4j.",
            "ch.qos.logback.",
            "org.apache.logging.",
            "org.apache.juli.",
            "java.util.logging.",
            "java.security.Provider",
            "java.security.AccessControlContext",
            "java.security.ProtectionDomain",
            "java.nio.charset.",
            "java.util.Locale",
            "java.util.ResourceBundle",
            "java.lang.invoke.",
            "jdk.internal.reflect.",
            "sun.util.calendar.",
            "org.jboss.logging.",
            "io.netty.util.internal.logging.",
            "kotlin.reflect.");

    /** What holds an application together: it leads to owners, so a search enters it, and no owner's walk does. */
    private static final List<String> APPLICATION = List.of(
            "org.springframework.context.",
            "org.springframework.beans.",
            "org.springframework.boot.",
            "org.apache.catalina.",
            "io.micrometer.core.instrument.",
            "javax.management.",
            "com.sun.jmx.");

    private static final Field[] NONE = {};

    private static final Set<String> REFERENCE_PACKAGES = Set.of("java.lang.ref", "jdk.internal.ref");

    final Step step;
    /** The fields to follow. */
    final Field[] fields;
    /** Those of them that may lead to an owner. */
    final Field[] leading;
    /** The size of every object of the class; 0 for arrays, which differ. */
    final long size;
    /** Whether what lies behind such an object is in flight. */
    final boolean inFlight;
    /** Whether a search enters such objects and a walk from an owner does not. */
    final boolean application;
    /** What a walk notes beside the bytes. */
    final Witness witness;

    private ClassPlan(
            Step step,
            Field[] fields,
            Field[] leading,
            long size,
            boolean inFlight,
            boolean application,
            Witness witness) {
        this.step = step;
        this.fields = fields;
        this.leading = leading;
        this.size = size;
        this.inFlight = inFlight;
        this.application = application;
        this.witness = witness;
    }

    static ClassPlan of(Object sample, HeapAccess access, DeadEnds deadEnds) {
        Class<?> type = sample.getClass();
        if (stops(type)) {
            return new ClassPlan(Step.STOP, NONE, NONE, 0, false, false, Witness.NONE);
        }
        if (type.isArray()) {
            Step step = type.getComponentType().isPrimitive() ? Step.LEAF : Step.ELEMENTS;
            return new ClassPlan(step, NONE, NONE, 0, false, false, Witness.NONE);
        }
        List<Field> follow = new ArrayList<>();
        for (Class<?> declaring = type; declaring != null; declaring = declaring.getSuperclass()) {
            if (!REFERENCE_PACKAGES.contains(declaring.getPackageName())) {
                collect(declaring, access, follow);
            }
        }
        Step step = follow.isEmpty() ? Step.LEAF : Step.FIELDS;
        boolean inFlight = TypeNames.is(type, "java.sql.ResultSet");
        boolean application = APPLICATION.stream().anyMatch(type.getName()::startsWith);
        return new ClassPlan(
                step,
                follow.toArray(NONE),
                follow.stream().filter(field -> !deadEnds.test(field.getType())).toArray(Field[]::new),
                access.size(sample),
                inFlight,
                application,
                Witness.of(type, access));
    }

    /** Whether a search finds nothing behind such an object. */
    boolean leadsNowhere() {
        return step == Step.STOP || step == Step.LEAF || (step == Step.FIELDS && leading.length == 0);
    }

    private static void collect(Class<?> declaring, HeapAccess access, List<Field> follow) {
        Field[] declared;
        try {
            declared = declaring.getDeclaredFields();
        } catch (LinkageError incomplete) {
            return; // a field's type is missing: the JVM has no fields to tell
        }
        for (Field field : declared) {
            if (!field.getType().isPrimitive()
                    && !Modifier.isStatic(field.getModifiers())
                    && access.open(field, declaring)) {
                follow.add(field);
            }
        }
    }

    private static boolean stops(Class<?> type) {
        if (Class.class == type
                || ClassLoader.class.isAssignableFrom(type)
                || Thread.class.isAssignableFrom(type)
                || ThreadGroup.class.isAssignableFrom(type)
                || Module.class == type
                || ModuleLayer.class == type
                || MethodHandle.class.isAssignableFrom(type)
                || VarHandle.class.isAssignableFrom(type)
                || AnnotatedElement.class.isAssignableFrom(type)
                || Enum.class.isAssignableFrom(type)) {
            return true;
        }
        String name = type.getName();
        return !type.isArray() && COMMON.stream().anyMatch(name::startsWith);
    }
}
