package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.budget.Account;
import dev.weir.budget.MemoryBudget;
import dev.weir.budget.Reclaimer;
import dev.weir.event.EventStream;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import dev.weir.pool.Figures;
import dev.weir.pool.PoolSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule is raised by what it is for and cleared again, through a pool's snapshots as in real life. */
class BuiltInRulesTest {

    private final MemoryBudget budget = MemoryBudget.ofBytes(1000);
    private final PoolHistories histories = new PoolHistories("pool", BuiltInRules.all(), new EventStream(), budget);
    private final Figures figures = new Figures("pool");
    private long second;

    /** Samples once a second, for so many seconds. */
    private List<String> after(int seconds) {
        for (int i = 0; i < seconds; i++) {
            second++;
            histories.sample(Duration.ofSeconds(second).toNanos(), figures.snapshot(), PoolSettings.shared());
        }
        return histories.openAlerts().stream().map(Alert::rule).toList();
    }

    @Test
    void aQuietPoolRaisesNothing() {
        assertThat(after(60)).isEmpty();
    }

    @Test
    void aHalfFullQueue() {
        figures.waiting = 25;
        assertThat(after(1)).containsExactly("queue-half-full");
        figures.waiting = 13;
        assertThat(after(20)).containsExactly("queue-half-full");
        figures.waiting = 12;
        assertThat(after(6)).isEmpty();
    }

    @Test
    void rejections() {
        figures.rejected = 5;
        assertThat(after(1)).containsExactly("rejecting");
        assertThat(after(30)).containsExactly("rejecting");
        assertThat(after(1)).isEmpty();
    }

    @Test
    void waitsNearTheTimeout() {
        for (int i = 0; i < 6; i++) {
            figures.waited(Duration.ofSeconds(9), 10);
            assertThat(after(1)).hasSize(i < 5 ? 0 : 1);
        }
        assertThat(after(11)).as("quick again").isEmpty();
    }

    @Test
    void saturation() {
        figures.idle = 0;
        figures.leased = 4;
        assertThat(after(10)).isEmpty();
        assertThat(after(1)).containsExactly("saturated");
        figures.leased = 3;
        assertThat(after(6)).isEmpty();
    }

    @Test
    void connectFailuresInARow() {
        figures.failing = true;
        figures.connectFailures = 2;
        assertThat(after(1)).isEmpty();
        figures.connectFailures = 3;
        assertThat(after(1)).containsExactly("connect-failures");
        figures.failing = false;
        figures.opened = 1;
        assertThat(after(1)).isEmpty();
    }

    @Test
    void certainLeaksOnly() {
        histories.accept(leak(1, LeakVerdict.LIKELY));
        assertThat(after(1)).isEmpty();
        histories.accept(leak(1, LeakVerdict.CERTAIN));
        assertThat(after(1)).containsExactly("leak-certain");
        histories.accept(new PoolEvent.LeakReturned("pool", 0, 1, Duration.ofMinutes(2)));
        assertThat(after(1)).isEmpty();
    }

    @Test
    void fewerThanTheMinimum() {
        figures.min = 2;
        assertThat(after(10)).isEmpty();
        assertThat(after(1)).containsExactly("below-min");
        figures.suspended = true;
        assertThat(after(1)).isEmpty();
    }

    @Test
    void theBudgetInSteps() {
        Account account = budget.open("pool", 0, 1, 1000, new Reclaimer() {
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
        });
        account.tryGrant(800);
        assertThat(after(1)).containsExactly("budget-80");
        account.tryGrant(200);
        assertThat(after(1)).containsExactly("budget-80", "budget-90", "budget-100");
        account.release(300);
        assertThat(after(6)).isEmpty();
    }

    private PoolEvent.LeakDetected leak(int slot, LeakVerdict verdict) {
        return new PoolEvent.LeakDetected(
                "pool",
                Duration.ofSeconds(second).toNanos(),
                slot,
                verdict,
                Duration.ofMinutes(1),
                "someone",
                List.of("a.B.c(B.java:1)"));
    }

    @Test
    void memoryThatGrowsMinuteAfterMinute() {
        for (int minute = 0; minute < 5; minute++) {
            figures.grantedBytes = 100 + 20L * minute;
            assertThat(after(60)).isEmpty();
        }
        for (int minute = 5; minute < 8; minute++) {
            figures.grantedBytes = 100 + 20L * minute;
            after(60);
        }
        assertThat(after(1)).containsExactly("memory-growing");
        assertThat(after(180)).isEmpty();
    }

    @Test
    void memoryThatComesAndGoesIsNoGrowth() {
        for (int minute = 0; minute < 40; minute++) {
            figures.grantedBytes = 100 + 100L * (minute % 4);
            assertThat(after(60)).isEmpty();
        }
    }

    @Test
    void aHistoryThatForgets() {
        for (int i = 0; i <= PoolHistories.MAX_SCALINGS; i++) {
            histories.accept(new PoolEvent.Scaled("pool", i, i, i + 1, "up"));
        }
        assertThat(after(1)).containsExactly("history-full");
        assertThat(after(299)).containsExactly("history-full");
        assertThat(after(2)).isEmpty();
    }
}
