package dev.weir.benchmarks.outage;

/** What the bystanders saw. Thread-safe; times are of {@link System#nanoTime}, {@code over} is beyond a timeout. */
public final class Tally {

    private long over;
    private long begun = System.nanoTime();
    private long lastFailure = begun;
    private boolean faultOver;
    private long faultEnd;
    private long firstGood = -1;
    private int answers;
    private int wrong;
    private int refused;
    private int broken;
    private int deadLent;
    private int stuck;

    synchronized void faultIsOver(long now) {
        faultOver = true;
        faultEnd = now;
        lastFailure = now;
    }

    synchronized long calmFor(long now) {
        return firstGood < 0 ? 0 : now - lastFailure;
    }

    synchronized void refused(long now, long overNanos) {
        refused++;
        lastFailure = now;
        over = Math.max(over, overNanos);
    }

    synchronized void lent(long overNanos) {
        over = Math.max(over, overNanos);
    }

    synchronized void answered(long now, boolean right) {
        answers++;
        if (!right) {
            wrong++;
        } else if (faultOver && firstGood < 0) {
            firstGood = now;
        }
    }

    synchronized void broken(long now, long lentAt) {
        broken++;
        lastFailure = now;
        if (faultOver && lentAt - faultEnd >= 0) {
            deadLent++;
        }
    }

    synchronized void stuck(long overNanos, long lentAt) {
        stuck++;
        over = Math.max(over, overNanos);
        if (overNanos == 0 && faultOver && lentAt - faultEnd >= 0) {
            deadLent++;
        }
    }

    /** How much the longest getConnection went over its timeout, in milliseconds; 0: none did. */
    public synchronized double overMillis() {
        return Math.max(0, over) / 1e6;
    }

    /** Right answers and wrong ones. */
    public synchronized int answers() {
        return answers;
    }

    /** Answers that were another one's, or none. */
    public synchronized int wrong() {
        return wrong;
    }

    /** Requests that got no connection. */
    public synchronized int refused() {
        return refused;
    }

    /** Queries that failed. */
    public synchronized int broken() {
        return broken;
    }

    /** Connections lent after the fault was over, on which nothing worked. */
    public synchronized int deadLent() {
        return deadLent;
    }

    /** Threads that never came back, from the pool or from a connection it lent. */
    public synchronized int stuck() {
        return stuck;
    }

    /** From the end of the fault to the first right answer, in milliseconds; negative where there was none. */
    public synchronized double firstGoodMillis() {
        return firstGood < 0 ? -1 : Math.max(0, firstGood - faultEnd) / 1e6;
    }
}
