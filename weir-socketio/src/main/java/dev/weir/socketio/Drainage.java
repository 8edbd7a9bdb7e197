package dev.weir.socketio;

import java.util.concurrent.TimeUnit;

/**
 * Whether a client takes what it is sent, judged by bytes that left for the kernel and by nothing else: a client that
 * answers pings and reads nothing is a slow one. Guarded by the session's lock.
 */
final class Drainage {

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(250);

    private long handedOver;
    private long drained;
    private long drainedAt;
    private long aboveSince;
    private boolean above;

    Drainage(long now) {
        drainedAt = now;
    }

    void restart(long now) {
        handedOver = 0;
        drained = 0;
        drainedAt = now;
        above = false;
    }

    void handedOver(int bytes) {
        handedOver += bytes;
    }

    /**
     * Whether it has taken nothing for as long as the timeout while something waited, or what waits has been above the
     * mark for as long.
     *
     * @param queued bytes that wait in the queue
     * @param inTransport bytes handed over that have not left
     */
    boolean isSlow(long now, long queued, long inTransport, long mark, long timeout) {
        long left = handedOver - inTransport;
        if (left != drained || (queued == 0 && inTransport == 0)) {
            drained = left;
            drainedAt = now;
        }
        if (queued > mark) {
            if (!above) {
                above = true;
                aboveSince = now;
            }
        } else {
            above = false;
        }
        return now - drainedAt >= timeout || (above && now - aboveSince >= timeout);
    }

    long nextLook(long now) {
        return now + LOOK;
    }

    long stalledFor(long now) {
        return now - drainedAt;
    }
}
