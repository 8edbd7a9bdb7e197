package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class AlertsLaws {

    @Property(tries = 200)
    void raisedAndClearedAlternateAndEachWasDue(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 20) Integer> waiting,
            @ForAll @IntRange(min = 0, max = 4) int raiseAfter,
            @ForAll @IntRange(min = 0, max = 4) int clearAfter) {
        EventStream events = new EventStream();
        List<PoolEvent> told = new ArrayList<>();
        events.subscribe(told::add);
        AlertRule rule = new AlertRule(
                "busy",
                PoolSample::waiting,
                12,
                6,
                Duration.ofSeconds(raiseAfter),
                Duration.ofSeconds(clearAfter),
                "requests wait");
        Alerts alerts = new Alerts("pool", List.of(rule), events);
        boolean open = false;
        for (int second = 0; second < waiting.size(); second++) {
            told.clear();
            alerts.evaluate(Samples.waiting(Duration.ofSeconds(second), waiting.get(second)));
            assertThat(told.size()).isLessThanOrEqualTo(1);
            for (PoolEvent event : told) {
                boolean raised = event instanceof PoolEvent.AlertRaised;
                assertThat(raised).isNotEqualTo(open);
                open = raised;
                for (int back = 0; back <= (raised ? raiseAfter : clearAfter); back++) {
                    int then = waiting.get(second - back);
                    assertThat(raised ? then >= 12 : then <= 6).isTrue();
                }
            }
            assertThat(alerts.open()).hasSize(open ? 1 : 0);
        }
    }
}
