package dev.weir.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Meters that came together and go together, each reading from one object. Not thread-safe.
 *
 * @param <S> what they read from, held as long as the set is
 */
final class MeterSet<S> implements AutoCloseable {

    /** The buckets of every timer: from what a connection on the same host takes to a usual timeout. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10)
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final S source;
    private final List<Meter> meters = new ArrayList<>();

    MeterSet(MeterRegistry registry, Tags tags, S source) {
        this.registry = registry;
        this.tags = tags;
        this.source = source;
    }

    /** A figure that goes up and down. */
    void gauge(String name, @Nullable String unit, String what, Tags more, ToDoubleFunction<S> read) {
        meters.add(Gauge.builder(name, source, read)
                .baseUnit(unit)
                .description(what)
                .tags(tags.and(more))
                .strongReference(true)
                .register(registry));
    }

    void gauge(String name, @Nullable String unit, String what, ToDoubleFunction<S> read) {
        gauge(name, unit, what, Tags.empty(), read);
    }

    /** A figure that the pool itself counts up. */
    void total(String name, String what, ToDoubleFunction<S> read) {
        meters.add(FunctionCounter.builder(name, source, read)
                .description(what)
                .tags(tags)
                .register(registry));
    }

    /** A figure that is counted up here. */
    Counter counter(String name, String what, Tags more) {
        Counter counter =
                Counter.builder(name).description(what).tags(tags.and(more)).register(registry);
        meters.add(counter);
        return counter;
    }

    /** Durations, as a histogram. */
    Timer timer(String name, String what) {
        Timer timer = Timer.builder(name)
                .description(what)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        meters.add(timer);
        return timer;
    }

    /** Takes them out of the registry. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        meters.clear();
    }
}
