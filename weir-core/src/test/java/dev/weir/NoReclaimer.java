package dev.weir;

import dev.weir.budget.Reclaimer;

/** Has nothing to give back. */
final class NoReclaimer implements Reclaimer {

    @Override
    public boolean reclaimOne() {
        return false;
    }

    @Override
    public long coldestIdleNanos() {
        return -1;
    }

    @Override
    public void grantAvailable() {}
}
