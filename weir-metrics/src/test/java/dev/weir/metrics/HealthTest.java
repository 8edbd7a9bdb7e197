package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.Eviction;
import dev.weir.pool.Lease;
import dev.weir.pool.Pool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class HealthTest {

    private final Basin basin = new Basin();

    @Test
    void aPoolThatWorksIsUpAndIsNotBorrowedFrom() {
        Pool<Integer> pool = basin.open("a", 2);
        Health health = Health.of(basin.manager);
        assertThat(health.status()).isEqualTo(Health.Status.UP);
        assertThat(health.pools()).singleElement().satisfies(one -> {
            assertThat(one.reachable()).isTrue();
            assertThat(one.reasons()).isEmpty();
        });
        assertThat(pool.snapshot().totals().leases()).isZero();
    }

    @Test
    void aPoolWhoseQueueIsAtWorkIsSaturated() {
        Pool<Integer> pool = basin.open("a", 1);
        Lease<Integer> held = pool.acquire();
        CompletableFuture<Lease<Integer>> waiting =
                pool.acquireAsync(Duration.ofSeconds(10)).toCompletableFuture();
        basin.ticker.advance(Duration.ofMillis(70));
        Health health = Health.of(basin.manager);
        assertThat(health.status()).isEqualTo(Health.Status.SATURATED);
        assertThat(health.pools().get(0).reasons())
                .contains("1 requests wait, the first for 70 ms; all 1 connections are lent");
        held.close();
        waiting.join().close();
        assertThat(Health.of(basin.manager).status()).isEqualTo(Health.Status.UP);
    }

    @Test
    void aServerThatIsGoneDegradesAndThenIsUnreachable() {
        Pool<Integer> pool = basin.open("a", 2);
        basin.connector.reachable = false;
        Lease<Integer> held = pool.acquire();
        CompletableFuture<Lease<Integer>> waiting =
                pool.acquireAsync(Duration.ofSeconds(10)).toCompletableFuture();
        assertThat(Health.of(basin.manager).status()).isEqualTo(Health.Status.DEGRADED);
        pool.evict(Eviction.SOFT);
        held.close();
        Health gone = Health.of(basin.manager);
        assertThat(gone.status()).isEqualTo(Health.Status.UNREACHABLE);
        assertThat(gone.pools().get(0).reasons()).anyMatch(reason -> reason.contains("ConnectException"));
        waiting.cancel(false);
    }

    @Test
    void aSuspendedPoolIsDegradedAndAnEndedManagerUnreachable() {
        basin.open("a", 2).suspend();
        assertThat(Health.of(basin.manager).status()).isEqualTo(Health.Status.DEGRADED);
        basin.manager.shutdown(Duration.ZERO);
        assertThat(Health.of(basin.manager).status()).isEqualTo(Health.Status.UNREACHABLE);
    }
}
