package dev.weir.jdbc;

import java.util.concurrent.atomic.AtomicLong;

/** A lease that is looked at: where it was taken, since when, and how long the server has worked for it. Thread-safe. */
final class Hold {

    private final CallSite site;
    private final long since = System.nanoTime();
    private final AtomicLong busy = new AtomicLong();

    Hold(CallSite site) {
        this.site = site;
    }

    void worked(long nanos) {
        busy.addAndGet(nanos);
    }

    void end() {
        site.ended(System.nanoTime() - since, busy.get());
    }
}
