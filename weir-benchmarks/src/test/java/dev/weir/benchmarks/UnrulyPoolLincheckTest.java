package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.CloseReason;
import dev.weir.event.EventStream;
import dev.weir.pool.AcquireException;
import dev.weir.pool.Eviction;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.pool.Slot;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.kotlinx.lincheck.LinChecker;
import org.jetbrains.kotlinx.lincheck.annotations.Operation;
import org.jetbrains.kotlinx.lincheck.annotations.Param;
import org.jetbrains.kotlinx.lincheck.annotations.Validate;
import org.jetbrains.kotlinx.lincheck.paramgen.IntGen;
import org.jetbrains.kotlinx.lincheck.paramgen.ThreadIdGen;
import org.jetbrains.kotlinx.lincheck.strategy.stress.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck over a pool whose connections are evicted, whose endpoint becomes suspect and whose bounds change while threads use it.
 * While that goes on an idle connection is missing for a time that no sequential pool knows, so the operations answer only what must
 * hold in every order: what is held is held alone, and only a lease that lasts can be given back. At the end nothing is lost.
 */
@Tag("class-files-to-22")
class UnrulyPoolLincheckTest {

    private static final int THREADS = 8;
    private static final String FINE = "fine";

    @Test
    void nothingIsLentTwiceOrLostWhateverIsEvictedOrResized() {
        LinChecker.check(
                Basin.class,
                new StressOptions()
                        .iterations(25)
                        .invocationsPerIteration(1000)
                        .threads(3)
                        .actorsPerThread(4)
                        .actorsBefore(0)
                        .actorsAfter(0)
                        // Looking for a shorter scenario of a failure takes minutes, and looks like a hang.
                        .minimizeFailedScenario(false)
                        .sequentialSpecification(Peace.class));
    }

    /** The moves on a real pool. */
    public static final class Basin {
        private final QuietConnector connector = new QuietConnector();
        private final Pool<AtomicInteger> pool = Pool.open(
                "lincheck",
                connector,
                PoolSettings.shared().toBuilder().min(0).max(2).build(),
                PoolEnvironment.manual(
                        QuietConnector.STOPPED_TIME, new EventStream(), MemoryBudget.unlimited(), Runnable::run));

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of slots
        private final Slot<AtomicInteger>[] slots = new Slot[THREADS];

        private final long[] words = new long[THREADS];
        private final boolean[] holds = new boolean[THREADS];

        /** Takes a connection if there is one, and finds it in nobody else's hands. */
        @Operation
        public String acquire(@Param(gen = ThreadIdGen.class) int thread) {
            if (holds[thread]) {
                return FINE;
            }
            Slot<AtomicInteger> slot;
            try {
                slot = pool.lease(0);
            } catch (AcquireException none) {
                return FINE;
            }
            slots[thread] = slot;
            words[thread] = slot.word();
            holds[thread] = true;
            return slot.connection().incrementAndGet() == 1 ? FINE : "lent twice";
        }

        /** Gives the last lease back; that works once. */
        @Operation
        public String release(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            if (slot == null) {
                return FINE;
            }
            boolean held = leave(thread);
            return pool.giveBack(slot, words[thread]) == held ? FINE : held ? "taken away" : "given back twice";
        }

        /** Ends the connection of the last lease; that works once. */
        @Operation
        public String retire(@Param(gen = ThreadIdGen.class) int thread) {
            Slot<AtomicInteger> slot = slots[thread];
            if (slot == null) {
                return FINE;
            }
            boolean held = leave(thread);
            return pool.retire(slot, words[thread], CloseReason.BROKEN) == held ? FINE : "retired another's";
        }

        /** Gives the last lease back, and again, as somebody would who lost count. */
        @Operation
        public String releaseTwice(@Param(gen = ThreadIdGen.class) int thread) {
            String first = release(thread);
            return first.equals(FINE) ? release(thread) : first;
        }

        private boolean leave(int thread) {
            boolean held = holds[thread];
            if (held) {
                holds[thread] = false;
                slots[thread].connection().decrementAndGet();
            }
            return held;
        }

        /** Ends what is idle now, and what is held when it comes back. */
        @Operation
        public String evict() {
            pool.evict(Eviction.SOFT);
            return FINE;
        }

        /** Sends every connection through a check. */
        @Operation
        public String suspect() {
            pool.endpointSuspect(null);
            return FINE;
        }

        /** Changes the bounds. */
        @Operation
        public String resize(@Param(gen = IntGen.class, conf = "1:3") int max) {
            pool.resize(0, max);
            return FINE;
        }

        /** When all is over and given back, every connection that was opened is idle or ended. */
        @Validate
        public void nothingIsLost() {
            for (int thread = 0; thread < THREADS; thread++) {
                if (holds[thread]) {
                    release(thread);
                }
            }
            assertThat(pool.inUse()).isZero();
            assertThat(pool.connectionsLeft()).isEqualTo(connector.opened.get() - connector.ended.get());
            pool.evict(Eviction.SOFT);
            assertThat(connector.ended.get()).isEqualTo(connector.opened.get());
        }
    }

    /** A pool of which nothing bad can be said. */
    public static final class Peace {
        /** Nothing bad. */
        public String acquire(int thread) {
            return FINE;
        }

        /** Nothing bad. */
        public String release(int thread) {
            return FINE;
        }

        /** Nothing bad. */
        public String releaseTwice(int thread) {
            return FINE;
        }

        /** Nothing bad. */
        public String retire(int thread) {
            return FINE;
        }

        /** Nothing bad. */
        public String evict() {
            return FINE;
        }

        /** Nothing bad. */
        public String suspect() {
            return FINE;
        }

        /** Nothing bad. */
        public String resize(int max) {
            return FINE;
        }
    }
}
