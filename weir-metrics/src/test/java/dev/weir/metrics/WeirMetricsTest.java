package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.Eviction;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WeirMetricsTest {

    private final Basin basin = new Basin();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    @Test
    void poolsComeAndGoWithTheirMeters() {
        Pool<Integer> first = basin.open("first", 4);
        try (WeirMetrics metrics = WeirMetrics.builder(basin.manager)
                .tags(Tags.of("service", "orders"))
                .build()) {
            metrics.bindTo(registry);
            basin.open("second", 2);
            assertThat(gauge("weir.pools", "service", "orders")).isEqualTo(2);
            assertThat(gauge("weir.pool.max", "pool", "first")).isEqualTo(4);
            assertThat(gauge("weir.pool.max", "pool", "second")).isEqualTo(2);
            assertThat(gauge("weir.pool.connections", "pool", "first", "state", "idle"))
                    .isEqualTo(1);

            int before = registry.getMeters().size();
            basin.manager.unregister("second");
            assertThat(registry.find("weir.pool.max").tags("pool", "second").gauge())
                    .isNull();
            assertThat(registry.getMeters()).hasSizeLessThan(before);
            assertThat(first.snapshot().max()).isEqualTo(4);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aShutdownTakesThePoolsMeters() {
        basin.open("first", 4);
        WeirMetrics metrics = WeirMetrics.of(basin.manager);
        metrics.bindTo(registry);
        basin.manager.shutdown(Duration.ZERO);
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .allMatch(name -> name.startsWith("weir.budget")
                        || name.equals("weir.pools")
                        || name.equals("weir.listener.failures"));
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aPoolThatTakesTheNameOfAnotherThatLeftHasItsOwnMeters() {
        try (WeirMetrics metrics = WeirMetrics.of(basin.manager)) {
            metrics.bindTo(registry);
            basin.open("pool", 4);
            basin.manager.unregister("pool");
            basin.open("pool", 3);
            assertThat(gauge("weir.pool.max", "pool", "pool")).isEqualTo(3);
        }
    }

    @Test
    void whatHappenedIsCounted() {
        Pool<Integer> pool = basin.open("pool", 1);
        try (WeirMetrics metrics =
                WeirMetrics.builder(basin.manager).hikariNames(true).build()) {
            metrics.bindTo(registry);
            basin.pass(Duration.ofMillis(300));
            basin.lease(pool, Duration.ofMillis(40));
            Lease<Integer> held = pool.acquire();
            var waiting = pool.acquireAsync(Duration.ofSeconds(5)).toCompletableFuture();
            basin.ticker.advance(Duration.ofMillis(200));
            assertThat(gauge("weir.pool.waiting", "pool", "pool")).isEqualTo(1);
            assertThat(gauge("hikaricp.connections.active", "pool", "pool")).isEqualTo(1);
            held.close();
            waiting.join().close();
            basin.ticker.advance(Duration.ofMillis(200));
            assertThat(registry.get("weir.pool.leases").functionCounter().count())
                    .isEqualTo(3);
            assertThat(registry.get("weir.pool.wait.time").timer().totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(200);
            assertThat(registry.get("db.client.connection.use_time").timer().totalTime(TimeUnit.MILLISECONDS))
                    .isGreaterThanOrEqualTo(40);
            assertThat(registry.get("hikaricp.connections.acquire").timer().count())
                    .isEqualTo(1);
            pool.evict(Eviction.SOFT);
            assertThat(registry.get("weir.pool.retirements")
                            .tags("reason", "evicted")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void theDocumentNamesEveryMeter() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "metrics.md"));
        basin.open("pool", 1);
        try (WeirMetrics metrics =
                WeirMetrics.builder(basin.manager).hikariNames(true).build()) {
            metrics.bindTo(registry);
            for (Meter meter : registry.getMeters()) {
                // A registry without histograms of its own has a gauge for each bucket.
                String name = meter.getId().getName().replaceFirst("\\.histogram$", "");
                assertThat(document.contains("`" + name + "`")).as(name).isTrue();
            }
        }
    }

    @Test
    void namesUnitsAndKindsAreThoseOfTheConventions() throws Exception {
        basin.open("pool", 1);
        PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (WeirMetrics metrics = WeirMetrics.of(basin.manager)) {
            metrics.bindTo(prometheus);
            String scraped = prometheus.scrape();
            List<Convention> conventions = Convention.all();
            assertThat(conventions).hasSize(9);
            for (Convention convention : conventions) {
                assertThat(scraped.lines())
                        .as(convention.name())
                        .contains("# TYPE " + convention.prometheusName() + " " + convention.prometheusType());
                for (String attribute : convention.attributes()) {
                    assertThat(scraped.lines().filter(line -> line.startsWith(convention.prometheusName())))
                            .isNotEmpty()
                            .allMatch(line -> line.contains(attribute.replace('.', '_') + "=\""));
                }
            }
            assertThat(scraped).contains("state=\"idle\"", "state=\"used\"");
        }
    }
}
