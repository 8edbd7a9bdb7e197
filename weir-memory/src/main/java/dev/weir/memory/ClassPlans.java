package dev.weir.memory;

import java.util.HashMap;
import java.util.Map;

/** The plans of the classes met in one analysis. Not thread-safe, and not kept: a plan would hold on to its class loader. */
final class ClassPlans {

    private final HeapAccess access;
    private final DeadEnds deadEnds = new DeadEnds();
    private final Map<Class<?>, ClassPlan> plans = new HashMap<>(4096);

    ClassPlans(HeapAccess access) {
        this.access = access;
    }

    HeapAccess access() {
        return access;
    }

    ClassPlan of(Object object) {
        ClassPlan plan = plans.get(object.getClass());
        if (plan == null) {
            plan = ClassPlan.of(object, access, deadEnds);
            plans.put(object.getClass(), plan);
        }
        return plan;
    }

    long size(Object object, ClassPlan plan) {
        return plan.size != 0 ? plan.size : access.size(object);
    }
}
