package dev.weir.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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

    /** Uses one connection at a time, and ends it when it was called back. */
    private static final class HotOwner implements Reclaimer {
        final AtomicInteger doomed = new AtomicInteger();
        final AtomicInteger held = new AtomicInteger();
        final Account account;

        HotOwner(MemoryBudget budget, String name) {
            account = budget.open(name, 0, 1, Long.MAX_VALUE, this);
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
        public boolean reclaimOnReturn() {
            return doomed.getAndUpdate(marked -> Math.min(marked + 1, held.get())) < held.get();
        }

        @Override
        public void grantAvailable() {
            if (held.get() == 0) {
                tryOpen();
            }
        }

        void tryOpen() {
            if (account.tryGrant(10)) {
                held.incrementAndGet();
            }
        }

        void giveBack() {
            if (doomed.getAndUpdate(marked -> Math.max(0, marked - 1)) > 0) {
                held.decrementAndGet();
                account.release(10);
            }
        }
    }

    @Test
    void hotAccountsTakeTurnsUntilAllAreServed() throws Exception {
        MemoryBudget budget = MemoryBudget.ofBytes(20);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CountDownLatch allServed = new CountDownLatch(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                HotOwner owner = new HotOwner(budget, "hot" + i);
                running.add(threads.submit(() -> {
                    boolean served = false;
                    while (allServed.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                        if (owner.held.get() == 0) {
                            owner.tryOpen();
                        }
                        if (!served && owner.held.get() > 0) {
                            served = true;
                            allServed.countDown();
                        }
                        owner.giveBack();
                        assertThat(budget.grantedBytes()).isLessThanOrEqualTo(20);
                        LockSupport.parkNanos(10_000);
                    }
                }));
            }
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (!allServed.await(1, TimeUnit.MILLISECONDS)) {
                assertThat(System.nanoTime())
                        .as("everybody is served in the end")
                        .isLessThan(end);
                budget.review();
            }
            for (Future<?> one : running) {
                one.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(budget.reclaimerFailures()).isZero();
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
