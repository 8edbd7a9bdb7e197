package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryBudgetStressTest {

    private static final int THREADS = 8;
    private static final int MOVES = 10_000;
    private static final long LIMIT = 200;
    private static final long FLOOR = 10;

    /** Lends and closes connections of 1 to 5 bytes; its idle ones may be called back by any thread. */
    private static final class Owner implements Reclaimer {
        final Queue<Long> idle = new ConcurrentLinkedQueue<>();
        final AtomicLong told = new AtomicLong();
        final Account account;

        Owner(MemoryBudget budget, String name, int weight) {
            account = budget.open(name, FLOOR, weight, Long.MAX_VALUE, this);
        }

        @Override
        public boolean reclaimOne() {
            Long one = idle.poll();
            if (one == null) {
                return false;
            }
            account.release(one);
            return true;
        }

        @Override
        public long coldestIdleNanos() {
            return idle.isEmpty() ? -1 : idle.size();
        }

        @Override
        public void grantAvailable() {
            told.incrementAndGet();
            if (account.tryGrant(2)) {
                idle.add(2L);
            }
        }
    }

    @Test
    void manyThreadsNeverExceedTheLimitAndLeaveNothingBehind() throws Exception {
        MemoryBudget budget = MemoryBudget.ofBytes(LIMIT);
        List<Owner> owners = new ArrayList<>();
        for (int i = 0; i < THREADS / 2; i++) {
            owners.add(new Owner(budget, "owner" + i, 1 + i));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Long>> work = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Owner owner = owners.get(i % owners.size());
                work.add(() -> churn(budget, owner));
            }
            long most = 0;
            for (Future<Long> one : threads.invokeAll(work)) {
                most = Math.max(most, one.get());
            }
            assertThat(most).isPositive().isLessThanOrEqualTo(LIMIT);
        } finally {
            threads.shutdownNow();
        }
        assertThat(budget.reclaimerFailures()).isZero();
        for (Owner owner : owners) {
            owner.account.close();
        }
        for (Owner owner : owners) {
            while (owner.reclaimOne()) {
                assertThat(budget.grantedBytes()).isNotNegative();
            }
        }
        assertThat(budget.grantedBytes()).isZero();
        assertThat(budget.accounts()).isEmpty();
    }

    private static long churn(MemoryBudget budget, Owner owner) {
        long most = 0;
        for (int move = 0; move < MOVES; move++) {
            long bytes = ThreadLocalRandom.current().nextLong(1, 6);
            if (owner.account.tryGrant(bytes)) {
                owner.idle.add(bytes);
            }
            if (move % 3 == 0) {
                owner.reclaimOne();
            }
            most = Math.max(most, budget.grantedBytes());
        }
        return most;
    }
}
