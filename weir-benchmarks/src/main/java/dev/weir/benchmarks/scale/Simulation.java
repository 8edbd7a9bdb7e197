package dev.weir.benchmarks.scale;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Threads that lease and give back, step by step as {@code Pool} and {@code WaitQueue} do: the gate, the home slot, the other
 * slots, the queue; a releaser wakes the head of the queue, or hands its slot over once the head has waited for a
 * millisecond. A step is an event; it happens at once when its time has come, and the next one is due when it is paid.
 * Processors run one thread at a time, in the order in which threads become ready.
 *
 * <p>Left out: processors at different distances, garbage collection, preemption, and that a contended lock puts threads to
 * sleep.
 */
public final class Simulation {

    private static final double PATIENCE = 1_000_000;
    /** After which a processor turns to another thread that is ready, as Linux does. */
    private static final double TIME_SLICE = 3_000_000;

    /**
     * What is simulated.
     *
     * @param cores processors
     * @param threads that lease in a loop
     * @param slots connections, all of them open
     * @param holdNanos how long each is held, without using a processor; 0: it is given back at once
     * @param leases when so many have ended, the end
     */
    public record Load(int cores, int threads, int slots, double holdNanos, long leases) {}

    /**
     * What came of it.
     *
     * @param nanos how long it took
     * @param leases leases and returns
     * @param longestWait of a request for a connection, in nanoseconds
     */
    public record Outcome(double nanos, long leases, double longestWait) {

        /** Leases and returns a second. */
        public double perSecond() {
            return leases * 1e9 / nanos;
        }
    }

    private enum Step {
        ASK,
        TAKE,
        QUEUE,
        WOKEN,
        RETURN
    }

    private static final class Actor {
        final int id;
        int core = -1;
        Step step = Step.ASK;
        int slot = -1;
        /** The slot that a releaser handed over. */
        int granted = -1;

        boolean waking;
        double due;
        double asked;
        double onCoreSince;

        Actor(int id) {
            this.id = id;
        }
    }

    private final Costs costs;
    private final Load load;
    private final Line gateLine;
    private final Line lockLine;
    private final Line[] slotLines;
    private final boolean[] idle;
    private final int mask;
    private final PriorityQueue<Actor> events = new PriorityQueue<>((a, b) -> Double.compare(a.due, b.due));
    private final Queue<Actor> ready = new ArrayDeque<>();
    private final Queue<Integer> freeCores = new ArrayDeque<>();
    private final ArrayDeque<Actor> queue = new ArrayDeque<>();
    private boolean owesWake;
    private double lockFree;
    private long leases;
    private double longestWait;

    private Simulation(Costs costs, Load load) {
        this.costs = costs;
        this.load = load;
        gateLine = new Line(load.cores);
        lockLine = new Line(load.cores);
        slotLines = new Line[load.slots];
        idle = new boolean[load.slots];
        for (int i = 0; i < load.slots; i++) {
            slotLines[i] = new Line(load.cores);
            idle[i] = true;
        }
        int spread = 1;
        while (spread < load.threads && spread * 2 <= load.slots) {
            spread *= 2;
        }
        mask = spread - 1;
        for (int core = 0; core < load.cores; core++) {
            freeCores.add(core);
        }
    }

    /** Simulates a load; deterministic. */
    public static Outcome of(Costs costs, Load load) {
        return new Simulation(costs, load).run();
    }

    private Outcome run() {
        for (int i = 0; i < load.threads; i++) {
            ready.add(new Actor(i));
        }
        dispatch(0);
        double now = 0;
        while (leases < load.leases) {
            Actor actor = events.remove();
            now = actor.due;
            if (actor.core < 0) {
                ready.add(actor);
            } else {
                step(actor, now);
            }
            dispatch(now);
        }
        return new Outcome(now, leases, longestWait);
    }

    private void step(Actor actor, double now) {
        switch (actor.step) {
            case ASK -> ask(actor, now);
            case TAKE -> take(actor, now);
            case QUEUE -> enqueue(actor, now);
            case WOKEN -> woken(actor, now);
            case RETURN -> giveBack(actor, now);
        }
    }

    // Processors

    private void dispatch(double now) {
        while (!ready.isEmpty() && !freeCores.isEmpty()) {
            Actor actor = ready.remove();
            actor.core = freeCores.remove();
            actor.onCoreSince = now;
            next(actor, actor.step, now);
        }
    }

    private void leaveCore(Actor actor) {
        freeCores.add(actor.core);
        actor.core = -1;
    }

    private void next(Actor actor, Step step, double due) {
        actor.step = step;
        actor.due = due;
        events.add(actor);
    }

    // Lending

    private void ask(Actor actor, double now) {
        actor.asked = now;
        double seen = gateLine.read(actor.core, now, 0, costs) + costs.rest() / 2;
        if (isFifo(now)) {
            next(actor, Step.QUEUE, seen);
        } else {
            look(actor, seen, actor.id & mask);
        }
    }

    /** Looks for an idle slot, from home on; then takes it, unless somebody else was faster. */
    private void look(Actor actor, double now, int home) {
        double seen = now;
        actor.slot = home;
        if (!idle[home]) {
            seen = slotLines[home].read(actor.core, seen, costs.look(), costs);
            actor.slot = -1;
            for (int i = 0; i < load.slots && actor.slot < 0; i++) {
                if (idle[i]) {
                    actor.slot = i;
                } else {
                    seen = slotLines[i].read(actor.core, seen, costs.look(), costs);
                }
            }
        }
        next(actor, actor.slot >= 0 ? Step.TAKE : Step.QUEUE, seen);
    }

    private void take(Actor actor, double now) {
        if (actor.granted >= 0) {
            woken(actor, now);
            return;
        }
        double done = slotLines[actor.slot].write(actor.core, now, costs);
        if (idle[actor.slot]) {
            idle[actor.slot] = false;
            if (queue.peekFirst() == actor) {
                done = lock(actor, done);
                queue.removeFirst();
                arm();
                wakeHeadIf(anyIdle(), done);
            }
            hold(actor, done);
        } else if (queue.peekFirst() == actor) {
            next(actor, Step.WOKEN, done);
        } else {
            look(actor, done, actor.id & mask);
        }
    }

    private void hold(Actor actor, double now) {
        longestWait = Math.max(longestWait, now - actor.asked);
        if (load.holdNanos > 0) {
            leaveCore(actor);
            next(actor, Step.RETURN, now + load.holdNanos);
        } else {
            next(actor, Step.RETURN, now);
        }
    }

    private void enqueue(Actor actor, double now) {
        double done = lock(actor, now);
        queue.addLast(actor);
        if (queue.peekFirst() == actor) {
            next(actor, Step.WOKEN, done);
        } else {
            sleep(actor);
        }
    }

    /** The head of the queue, awake: tells releasers that it wants to be woken, looks once more, and sleeps. */
    private void woken(Actor actor, double now) {
        actor.waking = false;
        if (actor.granted >= 0) {
            actor.slot = actor.granted;
            actor.granted = -1;
            hold(actor, now);
            return;
        }
        double done = gateLine.write(actor.core, lock(actor, now), costs);
        arm();
        actor.slot = -1;
        for (int i = 0; i < load.slots && actor.slot < 0; i++) {
            if (idle[i]) {
                actor.slot = i;
            } else {
                done = slotLines[i].read(actor.core, done, costs.look(), costs);
            }
        }
        if (actor.slot >= 0) {
            next(actor, Step.TAKE, done);
        } else {
            sleep(actor);
        }
    }

    private void sleep(Actor actor) {
        actor.slot = -1;
        leaveCore(actor);
    }

    private void giveBack(Actor actor, double now) {
        double done = slotLines[actor.slot].write(actor.core, now, costs) + costs.rest() / 2;
        idle[actor.slot] = true;
        leases++;
        done = gateLine.read(actor.core, done, 0, costs);
        if (isFifo(done)) {
            done = handOver(actor, done);
        } else if (owesWake) {
            done = gateLine.write(actor.core, done, costs) + costs.unpark();
            wakeHeadIf(true, done);
        }
        actor.slot = -1;
        if (!ready.isEmpty() && done - actor.onCoreSince > TIME_SLICE) {
            leaveCore(actor);
        }
        next(actor, Step.ASK, done);
    }

    /** Idle slots go to the head of the queue, one after the other. */
    private double handOver(Actor releaser, double now) {
        double done = lock(releaser, now);
        for (int i = 0; i < load.slots && !queue.isEmpty(); i++) {
            if (idle[i]) {
                Actor head = queue.removeFirst();
                done = slotLines[i].write(releaser.core, done, costs);
                idle[i] = false;
                head.granted = i;
                done += costs.unpark();
                wake(head, done);
            } else {
                done = slotLines[i].read(releaser.core, done, costs.look(), costs);
            }
        }
        arm();
        lockFree = Math.max(lockFree, done);
        return done;
    }

    private void wakeHeadIf(boolean reason, double now) {
        Actor head = queue.peekFirst();
        if (reason && head != null && owesWake) {
            owesWake = false;
            wake(head, now);
        }
    }

    /** A thread that is awake already sees for itself. */
    private void wake(Actor sleeper, double now) {
        if (sleeper.core < 0 && !sleeper.waking) {
            sleeper.waking = true;
            next(sleeper, Step.WOKEN, now + costs.wake());
        }
    }

    private boolean anyIdle() {
        for (boolean each : idle) {
            if (each) {
                return true;
            }
        }
        return false;
    }

    private double lock(Actor actor, double now) {
        double done = lockLine.write(actor.core, Math.max(now, lockFree), costs) + costs.lock();
        lockFree = done;
        return done;
    }

    private void arm() {
        owesWake = !queue.isEmpty();
    }

    private boolean isFifo(double now) {
        Actor head = queue.peekFirst();
        return head != null && now - head.asked >= PATIENCE;
    }
}
