package dev.weir.jdbc.governed;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody else with an account, who wants so many grants and gives none back unless told to. */
final class Neighbour implements Reclaimer {

    private final Account account;
    private final long bytes;
    private final AtomicInteger wanted = new AtomicInteger();
    private final AtomicInteger held = new AtomicInteger();

    Neighbour(MemoryBudget budget, long bytes) {
        this.bytes = bytes;
        this.account = budget.open("neighbour", 0, 1, Long.MAX_VALUE, this);
    }

    void want(int grants) {
        wanted.set(grants);
        grantAvailable();
    }

    int held() {
        return held.get();
    }

    void giveBack() {
        wanted.set(0);
        while (held.get() > 0) {
            held.decrementAndGet();
            account.release(bytes);
        }
    }

    @Override
    public boolean reclaimOne() {
        return false;
    }

    @Override
    public long coldestIdleNanos() {
        return -1;
    }

    @Override
    public void grantAvailable() {
        while (held.get() < wanted.get() && account.tryGrant(bytes)) {
            held.incrementAndGet();
        }
    }
}
