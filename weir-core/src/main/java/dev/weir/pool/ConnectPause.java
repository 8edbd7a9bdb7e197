package dev.weir.pool;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave a server alone after failures to connect: a pause that doubles with each further one, with jitter;
 * but while requests wait and no connection is left, one attempt every {@link #PROBE} at the longest, so that they are
 * served as soon as the server is back. Guarded by the queue's lock.
 */
final class ConnectPause {

    /** The longest pause while requests wait for a server that let nobody in. */
    static final Duration PROBE = Duration.ofMillis(80);

    private static final Duration SERVER_FULL = Duration.ofSeconds(1);

    private int inARow;
    private boolean paused;
    private long until;
    private long probeFrom;

    /** Failures since the last success, but for those of a full server. */
    int inARow() {
        return inARow;
    }

    /** Whether the last attempt failed; then one at a time is enough. */
    boolean isPaused() {
        return paused;
    }

    /**
     * When the next attempt may begin.
     *
     * @param urgent whether requests wait and no connection is left
     */
    long until(boolean urgent) {
        return urgent ? probeFrom : until;
    }

    void succeeded() {
        inARow = 0;
        paused = false;
    }

    void failed(ConnectFailure kind, PoolSettings settings, long now) {
        if (kind != ConnectFailure.SERVER_FULL) {
            inARow++;
        }
        long longest = settings.connectPauseMax().toNanos();
        long pause = kind == ConnectFailure.SERVER_FULL
                ? Math.min(longest, SERVER_FULL.toNanos())
                : doubled(settings.connectPause().toNanos(), inARow - 1, longest);
        paused = true;
        until = now + jittered(pause);
        probeFrom = now + jittered(Math.min(pause, PROBE.toNanos()));
    }

    private static long doubled(long pause, int times, long longest) {
        int shift = Math.min(20, times);
        return pause > longest >> shift ? longest : pause << shift;
    }

    private static long jittered(long pause) {
        return pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
    }
}
