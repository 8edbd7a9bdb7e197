package dev.weir.metrics;

import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * The three durations of a pool under one set of names.
 *
 * @param connecting how long connecting took
 * @param waiting how long requests that had to queue waited
 * @param holding how long connections were held
 */
record PoolTimers(Timer connecting, Timer waiting, Timer holding) {

    void connected(long nanos) {
        connecting.record(nanos, TimeUnit.NANOSECONDS);
    }

    void waited(long nanos) {
        waiting.record(nanos, TimeUnit.NANOSECONDS);
    }

    void leased(long nanos) {
        holding.record(nanos, TimeUnit.NANOSECONDS);
    }
}
