package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private final EventStream events = new EventStream();
    private final List<PoolEvent> told = new ArrayList<>();

    private static AlertRule rule(Duration raiseAfter, Duration clearAfter) {
        return new AlertRule("busy", PoolSample::waiting, 10, 5, raiseAfter, clearAfter, "requests wait");
    }

    private Alerts alerts(AlertRule rule) {
        events.subscribe(told::add);
        return new Alerts("pool", List.of(rule), events);
    }

    private static void feed(Alerts alerts, int second, int waiting) {
        alerts.evaluate(Samples.waiting(Duration.ofSeconds(second), waiting));
    }

    @Test
    void betweenTheThresholdsNothingChanges() {
        Alerts alerts = alerts(rule(Duration.ZERO, Duration.ZERO));
        feed(alerts, 1, 9);
        assertThat(alerts.open()).isEmpty();
        feed(alerts, 2, 10);
        feed(alerts, 3, 6);
        feed(alerts, 4, 12);
        assertThat(alerts.open()).hasSize(1);
        feed(alerts, 5, 5);
        assertThat(alerts.open()).isEmpty();
        assertThat(told)
                .containsExactly(
                        new PoolEvent.AlertRaised(
                                "pool", 2_000_000_000L, "busy", "requests wait (10.00, raised at 10.00)"),
                        new PoolEvent.AlertCleared("pool", 5_000_000_000L, "busy", Duration.ofSeconds(3)));
    }

    @Test
    void aFigureMustStayBeyondTheThresholdForTheWholeTime() {
        Alerts alerts = alerts(rule(Duration.ofSeconds(3), Duration.ofSeconds(2)));
        feed(alerts, 1, 20);
        feed(alerts, 3, 20);
        feed(alerts, 4, 9);
        feed(alerts, 5, 20);
        feed(alerts, 7, 20);
        assertThat(alerts.open()).isEmpty();
        feed(alerts, 8, 20);
        assertThat(alerts.open()).hasSize(1);
        feed(alerts, 9, 0);
        feed(alerts, 10, 6);
        feed(alerts, 11, 0);
        assertThat(alerts.open()).hasSize(1);
        feed(alerts, 13, 0);
        assertThat(alerts.open()).isEmpty();
    }

    @Test
    void whatIsNotANumberChangesNothing() {
        Alerts alerts =
                alerts(new AlertRule("odd", sample -> Double.NaN, 1, 0, Duration.ZERO, Duration.ZERO, "never happens"));
        feed(alerts, 1, 100);
        assertThat(alerts.open()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void clearingForgetsSilently() {
        Alerts alerts = alerts(rule(Duration.ZERO, Duration.ZERO));
        feed(alerts, 1, 10);
        told.clear();
        alerts.clear();
        assertThat(alerts.open()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new AlertRule("r", PoolSample::waiting, 1, 2, Duration.ZERO, Duration.ZERO, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flap");
        assertThatThrownBy(() -> new AlertRule(" ", PoolSample::waiting, 1, 1, Duration.ZERO, Duration.ZERO, ""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(Duration.ofSeconds(-1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        AlertRule one = rule(Duration.ZERO, Duration.ZERO);
        assertThatThrownBy(() -> new Alerts("p", List.of(one, one), events))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("busy");
        assertThatThrownBy(() -> new Alerts("p", Collections.nCopies(65, one), events))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
