package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.BoundedHistory;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.Connector;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What histories say they weigh is what they retain on this JVM's heap, as JOL counts it. */
class HistoryWeightsTest {

    static {
        // Without it, JOL cannot look into records.
        System.setProperty("jol.magicFieldOffset", "true");
    }

    private static final int ENTRIES = 50;
    private static final Percentage ERROR = Percentage.withPercentage(10);

    private final EventStream events = new EventStream();
    private final PoolHistories histories = new PoolHistories("pool", List.of(), events, MemoryBudget.unlimited());

    private static long retained(BoundedHistory<?> history) {
        return GraphLayout.parseInstance(history).totalSize();
    }

    private void compare(BoundedHistory<?> history, Runnable fill) {
        long empty = retained(history);
        fill.run();
        assertThat(history.size()).isEqualTo(ENTRIES);
        assertThat(history.bytes()).isCloseTo(retained(history) - empty, ERROR);
    }

    @Test
    void samples() {
        PoolEnvironment environment =
                PoolEnvironment.manual(new ManualTicker(), events, MemoryBudget.unlimited(), Runnable::run);
        Pool<String> pool = Pool.open("pool", new Texts(), PoolSettings.shared(), environment);
        compare(histories.samples(), () -> {
            for (int i = 0; i < ENTRIES; i++) {
                histories.sample(i, pool.snapshot(), pool.settings());
            }
        });
        pool.dispose();
    }

    @Test
    void scalings() {
        compare(histories.scalings(), () -> {
            for (int i = 0; i < ENTRIES; i++) {
                histories.accept(new PoolEvent.Scaled("pool", i, 1, 2, "requests were waiting " + i));
            }
        });
    }

    @Test
    void alerts() {
        compare(histories.alertEvents(), () -> {
            for (int i = 0; i < ENTRIES; i++) {
                histories.accept(
                        i % 2 == 0
                                ? new PoolEvent.AlertRaised("pool", i, "saturated", "every connection is lent " + i)
                                : new PoolEvent.AlertCleared("pool", i, "saturated", Duration.ofSeconds(i)));
            }
        });
    }

    @Test
    void leaks() {
        compare(histories.leaks(), () -> {
            for (int i = 0; i < ENTRIES; i++) {
                List<String> stack = new ArrayList<>();
                for (int line = 0; line < 20; line++) {
                    stack.add("com.example.shop.OrderService.place(OrderService.java:" + (i * 100 + line) + ")");
                }
                histories.accept(new PoolEvent.LeakDetected(
                        "pool", i, i, LeakVerdict.LIKELY, Duration.ofNanos(i + 1), "worker-" + i, stack));
            }
        });
    }

    private static final class Texts implements Connector<String> {
        @Override
        public String connect() {
            return "connection";
        }

        @Override
        public boolean check(String connection, Duration timeout) {
            return true;
        }

        @Override
        public void close(String connection) {}

        @Override
        public void abort(String connection) {}

        @Override
        public String endpoint() {
            return "texts";
        }
    }
}
