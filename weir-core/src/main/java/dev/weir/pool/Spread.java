package dev.weir.pool;

/**
 * How many low slots borrowers spread over. Threads that go to different slots do not contend for one word; slots that
 * nobody needs must rest, so that they age out. So the spread doubles when a slot beyond it was used since the last
 * pass, and halves after {@value #QUIET_PASSES} passes in which none was. Housekeeper's thread only.
 */
final class Spread {

    private static final int QUIET_PASSES = 16;

    private int width = 1;
    private int quiet;
    private boolean overflowed;

    void startPass(Pool<?> pool) {
        width = pool.spread();
        overflowed = false;
    }

    void used(int index) {
        if (index >= width) {
            overflowed = true;
        }
    }

    /** The new width: a power of two, not above the number of slots. */
    int endPass(int slots) {
        if (overflowed) {
            quiet = 0;
            width *= 2;
        } else if (++quiet >= QUIET_PASSES) {
            quiet = 0;
            width /= 2;
        }
        width = Math.max(1, Math.min(width, Integer.highestOneBit(Math.max(1, slots))));
        return width;
    }
}
