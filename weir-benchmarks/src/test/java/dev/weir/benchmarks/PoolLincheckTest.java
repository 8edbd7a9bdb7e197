package dev.weir.benchmarks;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.pool.AcquireException;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.Slot;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck over the pool as a whole: whatever threads do to it at once, one thread could have done in some order to {@link
 * Rack}, the pool in its simplest form.
 *
 * <p>Eviction and resizing are {@link UnrulyPoolLincheckTest}'s: while a worker closes an idle connection there is one less,
 * for a time that the simple form does not have.
 *
 * <p>Under stress only: Lincheck 2.39 cannot model-check code that refers to records ("can't get base address on a
 * record class"), as a pool does to its settings, whatever it is told to ignore. And on JDKs up to 22 only: its bytecode library reads no newer class
 * files ("Unsupported class file major version 69"). The class files under test are the same on all of them.
 */
@Tag("class-files-to-22")
class PoolLincheckTest {

    private static final int CONNECTIONS = 2;
    private static final int THREADS = 8;

    @Test
    void whatThreadsDoUnderStressHasAnOrder() {
        LinChecker.check(
                Basin.class,
                new StressOptions()
                        .iterations(100)
                        .invocationsPerIteration(200)
                        .threads(3)
                        .actorsPerThread(5)
                        .actorsBefore(0)
                        .actorsAfter(0)
                        // Looking for a shorter scenario of a failure takes minutes, and looks like a hang.
                        .minimizeFailedScenario(false)
                        .sequentialSpecification(Rack.class));
    }

    /** The moves on a real pool; each thread has one lease, its last, which may be over. */
    public static final class Basin {
        private final Pool<AtomicInteger> pool = Pool.open(
                "lincheck",
                new QuietConnector(),
                PoolSettings.shared().toBuilder()
                        .min(CONNECTIONS)
                        .max(CONNECTIONS)
                        .build(),
                PoolEnvironment.manual(
                        QuietConnector.STOPPED_TIME, new EventStream(), MemoryBudget.unlimited(), Runnable::run));

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of slots
        private final Slot<AtomicInteger>[] slots = new Slot[THREADS];

        private final long[] words = new long[THREADS];

        /** Takes a connection without waiting, unless the thread has one. */
        @Operation
        public boolean acquire(@Param(gen = ThreadIdGen.class) int thread) {
            if (isOpen(thread)) {
                return false;
            }
            try {
                Slot<AtomicInteger> slot = pool.lease(0);
                slots[thread] = slot;
                words[thread] = slot.word();
                return true;
            } catch (AcquireException none) {
                return false;
            }
        }

        /** Gives the thread's last lease back, even if it is over. */
        @Operation
        public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            return slot != null && pool.giveBack(slot, words[thread]);
        }

        /** Gives the thread's last lease back twice: what is over takes nothing, whoever has its connection by then. */
        @Operation
        public boolean releaseAgain(@Param(gen = ThreadIdGen.class) int thread) {
            release(thread);
            return release(thread);
        }

        /** The same in two steps. */
        @Operation
        public boolean claimAndRelease(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            if (slot == null || !pool.claim(slot, words[thread])) {
                return false;
            }
            pool.giveBackClaimed(slot);
            return true;
        }

        /** Ends the connection of the thread's last lease, unless it is over; another one is opened. */
        @Operation
        public boolean retire(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            return slot != null && pool.retire(slot, words[thread], CloseReason.BROKEN);
        }

        /** Whether the thread's last lease is still its own. */
        @Operation
        public boolean isOpen(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            return slot != null && slot.isLeased(words[thread]);
        }
    }

    /** So many connections, and who has one. */
    public static final class Rack {
        private final boolean[] holds = new boolean[THREADS];
        private int free = CONNECTIONS;

        /** One less, if there is one. */
        public boolean acquire(int thread) {
            if (holds[thread] || free == 0) {
                return false;
            }
            free--;
            holds[thread] = true;
            return true;
        }

        /** One more, if it was held. */
        public boolean release(int thread) {
            if (!holds[thread]) {
                return false;
            }
            free++;
            holds[thread] = false;
            return true;
        }

        /** The second time it is not held. */
        public boolean releaseAgain(int thread) {
            release(thread);
            return release(thread);
        }

        /** The same. */
        public boolean claimAndRelease(int thread) {
            return release(thread);
        }

        /** The same. */
        public boolean retire(int thread) {
            return release(thread);
        }

        /** Whether it is held. */
        public boolean isOpen(int thread) {
            return holds[thread];
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rack rack && free == rack.free && Arrays.equals(holds, rack.holds);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(holds);
        }
    }
}
