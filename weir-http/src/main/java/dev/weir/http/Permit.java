package dev.weir.http;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Leave to have one request in flight, and what the memory account holds for the connection that the request uses and may leave
 * behind in the library's own pool.
 */
final class Permit extends Occupant {

    private volatile @Nullable Runnable stop;
    private volatile boolean answering;
    private final AtomicBoolean ended = new AtomicBoolean();

    Permit(Debt debt) {
        super(debt);
    }

    /** A request begins, which can be stopped so. */
    void begin(Runnable how) {
        answering = false;
        stop = how;
    }

    /** The head of the answer is there; from now on its reader decides how long it takes. */
    void answered(Runnable how) {
        answering = true;
        stop = how;
    }

    void end() {
        stop = null;
    }

    /** The permit itself ends; true for the first who says so. */
    boolean endOnce() {
        return ended.compareAndSet(false, true);
    }

    boolean isUnderWay() {
        return stop != null && !answering;
    }

    void stop() {
        Runnable how = stop;
        if (how != null) {
            how.run();
        }
    }
}
