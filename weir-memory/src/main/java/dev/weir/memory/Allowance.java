package dev.weir.memory;

/** What is left of a budget for one piece of work: a number of objects, and a time to stop at. For one thread. */
final class Allowance {

    /** The clock is read once for so many objects. */
    private static final int CLOCK_EVERY = 256;

    private final long deadline;
    private long left;
    private boolean exhausted;

    /**
     * @param objects how many may be looked at
     * @param deadline when to stop, on {@link ThreadTime#nanos}
     */
    Allowance(long objects, long deadline) {
        this.left = objects;
        this.deadline = deadline;
    }

    /** Takes one object; false when nothing is left. */
    boolean take() {
        if (left-- <= 0 || (left % CLOCK_EVERY == 0 && ThreadTime.nanos() - deadline >= 0)) {
            exhausted = true;
        }
        return !exhausted;
    }

    boolean exhausted() {
        return exhausted;
    }
}
