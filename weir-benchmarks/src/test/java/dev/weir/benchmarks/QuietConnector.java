package dev.weir.benchmarks;

import dev.weir.pool.Connector;
import dev.weir.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections that do nothing, counted, in time that stands still. */
final class QuietConnector implements Connector<AtomicInteger> {

    /** Nobody waits in it: every request has a timeout of zero. */
    static final Ticker STOPPED_TIME = new Ticker() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void park(Object blocker, long nanos) {
            throw new IllegalStateException("nobody waits here");
        }
    };

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger ended = new AtomicInteger();

    /** A connection: the number of those who hold it. */
    @Override
    public AtomicInteger connect() {
        opened.incrementAndGet();
        return new AtomicInteger();
    }

    @Override
    public boolean check(AtomicInteger connection, Duration timeout) {
        return true;
    }

    @Override
    public void close(AtomicInteger connection) {
        ended.incrementAndGet();
    }

    @Override
    public void abort(AtomicInteger connection) {
        ended.incrementAndGet();
    }

    @Override
    public String endpoint() {
        return "quiet";
    }
}
