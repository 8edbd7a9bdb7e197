package dev.weir.socketio;

import java.util.concurrent.TimeUnit;

/**
 * Packets and bytes that a client may send in a second: two buckets that fill at the allowed rate and hold two seconds'
 * worth. Used on the loop of the transport; a move between loops is ordered by the session's lock.
 */
final class InboundRate {

    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    /** Seconds' worth that may come at once. */
    static final int BURST = 2;

    private final int packetsPerSecond;
    private final long bytesPerSecond;
    private float packets;
    private float bytes;
    private long filledAt;

    InboundRate(Settings settings, long now) {
        packetsPerSecond = settings.maxPacketsPerSecond;
        bytesPerSecond = settings.maxBytesPerSecond;
        packets = (float) packetsPerSecond * BURST;
        bytes = (float) bytesPerSecond * BURST;
        filledAt = now;
    }

    boolean admits(long now, int size) {
        double seconds = (now - filledAt) / SECOND;
        filledAt = now;
        packets = (float) Math.min((double) packetsPerSecond * BURST, packets + seconds * packetsPerSecond) - 1;
        bytes = (float) Math.min((double) bytesPerSecond * BURST, bytes + seconds * bytesPerSecond) - size;
        return packets >= 0 && bytes >= 0;
    }
}
