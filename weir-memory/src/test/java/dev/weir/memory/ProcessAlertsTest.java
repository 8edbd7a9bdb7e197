package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Unexplained memory that grows raises an alert, once, and what wavers does not. */
class ProcessAlertsTest {

    private static final long MB = 1 << 20;

    private final EventStream events = new EventStream();
    private final ProcessAlerts alerts = new ProcessAlerts(events);
    private final List<PoolEvent> seen = new ArrayList<>();
    private long seconds;

    ProcessAlertsTest() {
        events.subscribe(seen::add);
    }

    /** A report every ten seconds of a minute. */
    private void minute(long least, long most) {
        for (int i = 0; i < 6; i++) {
            seconds += 10;
            alerts.judge(Duration.ofSeconds(seconds).toNanos(), i == 3 ? least : most, 1000 * MB);
        }
    }

    @Test
    void steadyGrowthIsToldOnceAndItsEnd() {
        for (int i = 0; i < 12; i++) {
            minute((100 + 10 * i) * MB, (150 + 10 * i) * MB);
        }
        assertThat(seen).singleElement().isInstanceOfSatisfying(PoolEvent.AlertRaised.class, raised -> {
            assertThat(raised.rule()).isEqualTo(ProcessAlerts.UNEXPLAINED_GROWING);
            assertThat(raised.message()).contains("for 5 minutes").contains("1000.0 MB resident");
        });
        minute(200 * MB, 260 * MB);
        minute(200 * MB, 260 * MB);
        minute(200 * MB, 260 * MB);
        assertThat(seen).hasSize(2).last().isInstanceOf(PoolEvent.AlertCleared.class);
    }

    @Test
    void upAndDownIsNoGrowth() {
        for (int i = 0; i < 30; i++) {
            minute((100 + i % 4) * MB, (400 + 50 * (i % 5)) * MB);
        }
        assertThat(seen).isEmpty();
    }
}
