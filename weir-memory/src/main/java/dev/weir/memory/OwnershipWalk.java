package dev.weir.memory;

import java.lang.reflect.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Walks the object graph from one owner after the other and keeps the books: what one owner reaches is its own, what several
 * reach is shared and counted once, so that the sum of all is the union of all.
 *
 * <p>Results are walked last, so that what an open result holds, and nothing else, counts as in flight. The heap may
 * change meanwhile; nothing is locked and nothing is written. Not thread-safe.
 */
final class OwnershipWalk {

    private final ClassPlans plans;
    private final Visited visited = new Visited();
    private final List<Tally> tallies = new ArrayList<>();
    private long sharedBytes;

    OwnershipWalk(ClassPlans plans) {
        this.plans = plans;
    }

    /**
     * Walks an owner.
     *
     * @param roots where to begin
     * @param connection which classes' objects are connections, to be counted
     * @param border objects not to enter, such as other owners
     */
    Tally walk(List<?> roots, Predicate<Class<?>> connection, Predicate<Object> border, Allowance allowance) {
        Tally tally = new Tally();
        tallies.add(tally);
        new Pass(tallies.size() - 1, tally, connection, border, allowance, OwnThreads.library(roots)).run(roots);
        return tally;
    }

    /** Heap that several owners reach. */
    long sharedBytes() {
        return sharedBytes;
    }

    /** Whether some owner has reached the object. */
    boolean reached(Object object) {
        return !visited.isNew(visited.place(object));
    }

    /** Steps taken: an object that several owners reach counts for each. */
    long steps() {
        return tallies.stream().mapToLong(tally -> tally.objects).sum();
    }

    /** Objects looked at. */
    long objects() {
        return visited.size();
    }

    /** The walk from one owner. */
    private final class Pass {

        private final int owner;
        private final Tally tally;
        private final Predicate<Class<?>> connection;
        private final Predicate<Object> border;
        private final Allowance allowance;
        private final String library;
        private final Deque<Object> pending = new ArrayDeque<>();
        private final Deque<Object> results = new ArrayDeque<>();
        private boolean inFlight;

        Pass(
                int owner,
                Tally tally,
                Predicate<Class<?>> connection,
                Predicate<Object> border,
                Allowance allowance,
                String library) {
            this.owner = owner;
            this.tally = tally;
            this.connection = connection;
            this.border = border;
            this.allowance = allowance;
            this.library = library;
        }

        void run(List<?> roots) {
            roots.forEach(this::meet);
            drain();
            inFlight = true;
            while (!results.isEmpty() && !tally.cutShort) {
                Object result = results.pop();
                count(result, plans.of(result));
                drain();
            }
            tally.pending = (long) pending.size() + results.size();
        }

        private void drain() {
            while (!pending.isEmpty()) {
                if (!allowance.take()) {
                    tally.cutShort = true;
                    return;
                }
                Object object = pending.pop();
                ClassPlan plan = plans.of(object);
                if (plan.step == ClassPlan.Step.ELEMENTS) {
                    for (Object element : (Object[]) object) {
                        enter(element);
                    }
                } else {
                    for (Field field : plan.fields) {
                        Object value = read(field, object);
                        if (value instanceof Thread thread && OwnThreads.holds(field, library)) {
                            tally.threads.add(thread);
                        } else {
                            enter(value);
                        }
                    }
                }
            }
        }

        private void enter(@Nullable Object object) {
            if (object != null && !border.test(object)) {
                meet(object);
            }
        }

        private void meet(Object object) {
            ClassPlan plan = plans.of(object);
            if (plan.inFlight) {
                results.push(object);
            } else if (plan.step != ClassPlan.Step.STOP && !plan.application) {
                count(object, plan);
            }
        }

        private void count(Object object, ClassPlan plan) {
            int place = visited.place(object);
            if (visited.isNew(place)) {
                long size = plans.size(object, plan);
                visited.add(place, object, owner, inFlight);
                if (inFlight) {
                    tally.inFlight += size;
                } else {
                    tally.exclusive += size;
                }
            } else if (visited.last(place) != owner) {
                share(place, plans.size(object, plan));
                visited.reachedBy(place, owner);
            } else {
                return;
            }
            tally.objects++;
            if (connection.test(object.getClass())) {
                tally.connections++;
            }
            if (plan.witness != Witness.NONE) {
                plan.witness.tell(object, tally);
            }
            if (plan.step != ClassPlan.Step.LEAF) {
                pending.push(object);
            }
        }

        private void share(int place, long size) {
            int first = visited.first(place);
            if (visited.last(place) == first) {
                Tally before = tallies.get(first);
                if (visited.inFlight(place)) {
                    before.inFlight -= size;
                } else {
                    before.exclusive -= size;
                }
                before.shared += size;
                sharedBytes += size;
            }
            tally.shared += size;
        }
    }

    static @Nullable Object read(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException | RuntimeException closed) {
            return null;
        }
    }
}
