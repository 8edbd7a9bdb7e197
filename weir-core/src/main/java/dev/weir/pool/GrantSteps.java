package dev.weir.pool;

/** Moves a connection's grant towards what was weighed: half of the way at a time, so that one odd weight moves little. */
final class GrantSteps {

    /** A difference of less than a sixteenth is left as it is: the ledger need not hear of every buffer. */
    private static final int NOISE = 16;

    private GrantSteps() {}

    /**
     * The next grant, between the present one and what was weighed.
     *
     * @param granted bytes granted now
     * @param weighed what the connection holds
     * @param floor what a connection costs at the least, whatever the scales say
     * @return at most twice the present grant, or the floor where that is more, and at least half of it
     */
    static long next(long granted, long weighed, long floor) {
        long target = Math.max(floor, weighed);
        long away = target - granted;
        if (Math.abs(away) <= Math.max(granted, target) / NOISE) {
            return granted;
        }
        long half = away / 2 == 0 ? away : away / 2;
        long up = Math.max(granted, floor);
        return granted + Math.max(-(granted / 2), Math.min(half, up));
    }
}
