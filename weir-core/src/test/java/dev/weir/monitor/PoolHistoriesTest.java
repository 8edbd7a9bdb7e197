package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.pool.Figures;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolHistoriesTest {

    private final EventStream events = new EventStream();
    private final PoolHistories histories =
            new PoolHistories("pool", BuiltInRules.all(), events, MemoryBudget.unlimited());
    private final Figures figures = new Figures("pool");

    private void sampleAt(Duration time) {
        histories.sample(time.toNanos(), figures.snapshot(), PoolSettings.shared());
    }

    private static PoolEvent.LeakDetected leak(Duration at, int slot, Duration held, LeakVerdict verdict) {
        return new PoolEvent.LeakDetected(
                "pool", at.toNanos(), slot, verdict, held, "worker-1", List.of("a.B.c(B.java:1)", "a.B.d(B.java:2)"));
    }

    @Test
    void noHistoryEverExceedsItsBounds() {
        String longText = "x".repeat(2000);
        figures.leases = 1;
        for (int i = 0; i < 1000; i++) {
            sampleAt(Duration.ofSeconds(i));
            histories.accept(new PoolEvent.Scaled("pool", i, 1, 2, longText));
            histories.accept(new PoolEvent.AlertRaised("pool", i, "rule", longText));
            histories.accept(new PoolEvent.LeakDetected(
                    "pool", i, i, LeakVerdict.LIKELY, Duration.ZERO, "someone", Collections.nCopies(50, longText)));
        }
        assertThat(histories.samples().size()).isEqualTo(200);
        for (BoundedHistory<?> history :
                List.of(histories.samples(), histories.scalings(), histories.alertEvents(), histories.leaks())) {
            assertThat(history.size()).isPositive().isLessThanOrEqualTo(history.maxEntries());
            assertThat(history.bytes()).isPositive().isLessThanOrEqualTo(history.maxBytes());
            assertThat(history.dropped()).isEqualTo(1000 - history.size());
        }
        assertThat(histories.scalings().maxEntries()).isEqualTo(50);
        assertThat(histories.alertEvents().maxEntries()).isEqualTo(50);
        histories.clear();
        assertThat(histories.bytes()).isZero();
    }

    @Test
    void aPoolThatNeverDidAnythingIsRememberedByOneSample() {
        figures.idle = 0;
        figures.idle = 0;
        for (int i = 0; i < 300; i++) {
            sampleAt(Duration.ofSeconds(i));
        }
        assertThat(histories.samples().size()).isEqualTo(1);
        figures.leases = 1;
        sampleAt(Duration.ofSeconds(300));
        sampleAt(Duration.ofSeconds(301));
        assertThat(histories.samples().size()).isEqualTo(2);
    }

    @Test
    void leaksAreForgottenAfterHalfAnHour() {
        histories.accept(leak(Duration.ZERO, 1, Duration.ZERO, LeakVerdict.CERTAIN));
        histories.accept(leak(Duration.ofMinutes(10), 2, Duration.ofMinutes(1), LeakVerdict.CERTAIN));
        sampleAt(Duration.ofMinutes(29));
        assertThat(histories.leaks().size()).isEqualTo(2);
        sampleAt(Duration.ofMinutes(30));
        assertThat(histories.leaks().snapshot())
                .extracting(PoolEvent.LeakDetected::slot)
                .containsExactly(2);
    }

    @Test
    void aNewVerdictOnOneLeaseReplacesTheOld() {
        histories.accept(leak(Duration.ofMinutes(1), 1, Duration.ofMinutes(1), LeakVerdict.LIKELY));
        histories.accept(leak(Duration.ofMinutes(3), 1, Duration.ofMinutes(3), LeakVerdict.CERTAIN));
        assertThat(histories.leaks().snapshot())
                .extracting(PoolEvent.LeakDetected::verdict)
                .containsExactly(LeakVerdict.CERTAIN);
        histories.accept(leak(Duration.ofMinutes(9), 1, Duration.ofMinutes(1), LeakVerdict.LIKELY));
        assertThat(histories.leaks().size()).as("another lease of the slot").isEqualTo(2);
    }

    @Test
    void slowWorkIsNoLeak() {
        histories.accept(leak(Duration.ZERO, 1, Duration.ofMinutes(5), LeakVerdict.SLOW));
        assertThat(histories.leaks().size()).isZero();
    }

    @Test
    void eventsOfOtherPoolsAreIgnored() {
        histories.accept(new PoolEvent.Scaled("other", 0, 1, 2, "waits"));
        assertThat(histories.scalings().size()).isZero();
    }

    @Test
    void samplesTellWhatHappenedSinceTheOneBefore() {
        figures.leases = 100;
        figures.rejected = 3;
        sampleAt(Duration.ofSeconds(1));
        figures.leases = 150;
        figures.rejected = 4;
        figures.waited(Duration.ofMillis(10), 50);
        sampleAt(Duration.ofSeconds(3));
        PoolSample last = histories.samples().snapshot().get(1);
        assertThat(last.leases()).isEqualTo(100);
        assertThat(last.leasesPerSecond()).isEqualTo(50);
        assertThat(last.rejected()).isEqualTo(1);
        assertThat(last.sinceNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(last.p50WaitNanos()).isZero();
        assertThat(last.p99WaitNanos()).isEqualTo(Duration.ofMillis(10).toNanos());
    }
}
