package dev.weir.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.Connector;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolEnvironment;
import dev.weir.pool.PoolSettings;
import dev.weir.time.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class MonitorTest {

    private final ManualTicker time = new ManualTicker();
    private final EventStream events = new EventStream();
    private final MemoryBudget budget = MemoryBudget.unlimited();
    private final PoolEnvironment environment = PoolEnvironment.manual(time, events, budget, Runnable::run);
    private final Monitor monitor = new Monitor(events, budget, Duration.ofSeconds(1));

    private Pool<String> open(String name, Connector<String> connector) {
        return Pool.open(name, connector, PoolSettings.shared(), environment);
    }

    private record Texts(boolean works) implements Connector<String> {
        @Override
        public String connect() throws Exception {
            if (!works) {
                throw new IOException("refused");
            }
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

    @Test
    void aRealPoolIsSampledAtItsIntervalAndItsTroubleRaisesAnAlert() {
        Pool<String> pool = open("pool", new Texts(false));
        monitor.watch(pool, BuiltInRules.all(), time.nanos());
        PoolHistories histories = histories("pool");
        for (int i = 0; i < 40; i++) {
            environment.tick();
            monitor.pass(time.nanos());
            time.advance(Duration.ofMillis(250));
        }
        assertThat(histories.samples().size()).isEqualTo(10);
        assertThat(histories.openAlerts()).extracting(Alert::rule).contains("connect-failures");
        assertThat(histories.alertEvents().snapshot())
                .first()
                .isInstanceOfSatisfying(
                        PoolEvent.AlertRaised.class,
                        raised -> assertThat(raised.rule()).isEqualTo("connect-failures"));
        assertThat(monitor.failures()).isZero();
    }

    @Test
    void eventsReachTheHistoryOfTheirPool() {
        monitor.watch(open("a", new Texts(true)), BuiltInRules.all(), 0);
        PoolHistories a = histories("a");
        monitor.watch(open("b", new Texts(true)), BuiltInRules.all(), 0);
        PoolHistories b = histories("b");
        events.publish(new PoolEvent.Scaled("a", 1, 1, 2, "waits"));
        events.publish(new PoolEvent.Scaled("nobody", 1, 1, 2, "waits"));
        assertThat(a.scalings().size()).isEqualTo(1);
        assertThat(b.scalings().size()).isZero();
        assertThat(monitor.histories("a")).isSameAs(a);
    }

    private PoolHistories histories(String pool) {
        return Objects.requireNonNull(monitor.histories(pool));
    }

    @Test
    void aPoolInWhichNothingHappensHasNoHistories() {
        PoolSettings sleeping = PoolSettings.shared().toBuilder().min(0).build();
        monitor.watch(Pool.open("a", new Texts(true), sleeping, environment), BuiltInRules.all(), 0);
        monitor.pass(0);
        assertThat(monitor.begunHistories("a")).isNull();
        assertThat(histories("a").samples().size()).isZero();
        assertThat(monitor.begunHistories("a")).isSameAs(histories("a"));
    }

    @Test
    void aNameIsWatchedOnce() {
        Pool<String> pool = open("a", new Texts(true));
        monitor.watch(pool, BuiltInRules.all(), 0);
        assertThatThrownBy(() -> monitor.watch(pool, BuiltInRules.all(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingEndsTheSubscriptionAndEmptiesEverything() {
        monitor.watch(open("a", new Texts(true)), BuiltInRules.all(), 0);
        PoolHistories a = histories("a");
        monitor.pass(0);
        assertThat(a.bytes()).isPositive();
        monitor.close();
        assertThat(a.bytes()).isZero();
        assertThat(events.listeners()).isZero();
        assertThat(monitor.histories("a")).isNull();
    }

    @Test
    void anIntervalMustBePositive() {
        assertThatThrownBy(() -> new Monitor(events, budget, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
