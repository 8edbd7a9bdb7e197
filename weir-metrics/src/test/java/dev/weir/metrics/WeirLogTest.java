package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.PoolEvent;
import dev.weir.pool.Eviction;
import dev.weir.pool.Pool;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WeirLogTest {

    private final Basin basin = new Basin();
    private final WrittenLog written = new WrittenLog();

    @Test
    void whatHappensIsALineWithItsNumbers() {
        try (WeirLog log = WeirLog.to(written, basin.manager)) {
            Pool<Integer> pool = basin.open("orders", 2);
            pool.evict(Eviction.SOFT);
            assertThat(written.lines)
                    .contains(
                            "INFO orders: registered", "DEBUG orders: connection 0 closed at the age of 0 ms: evicted");
            assertThat(log).isNotNull();
        }
        int before = written.lines.size();
        basin.manager.unregister("orders");
        assertThat(written.lines).hasSize(before);
    }

    @Test
    void aFloodIsOneLineAndACount() {
        try (WeirLog log = WeirLog.to(written, basin.manager)) {
            for (int i = 0; i < 1_000; i++) {
                reject();
            }
            basin.ticker.advance(Duration.ofSeconds(WeirLog.QUIET_SECONDS));
            reject();
            assertThat(written.lines)
                    .containsExactly(
                            "WARN orders: request turned away, 50 waiting: queue full",
                            "WARN orders: request turned away, 50 waiting: queue full"
                                    + " (and 999 more like it since the last such line)");
            assertThat(log).isNotNull();
        }
    }

    private void reject() {
        basin.manager.events().publish(new PoolEvent.Rejected("orders", basin.ticker.nanos(), "queue full", 50));
    }
}
