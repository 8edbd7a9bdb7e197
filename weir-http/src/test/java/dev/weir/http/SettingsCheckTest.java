package dev.weir.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.ConnectionPoolManager;
import dev.weir.budget.MemoryBudget;
import dev.weir.event.EventStream;
import dev.weir.pool.InvalidSettingsException;
import dev.weir.pool.PoolEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SettingsCheckTest {

    @Test
    void everyProblemIsToldAtOnce() {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            WeirHttpBuilder wrong = WeirHttp.builder()
                    .name(" ")
                    .maxTotal(2)
                    .maxRoutes(0)
                    .manager(manager)
                    .environment(PoolEnvironment.of(new EventStream(), MemoryBudget.unlimited()))
                    .settings(s -> s.min(1).max(3));
            assertThatThrownBy(wrong::buildClassic)
                    .isInstanceOfSatisfying(
                            InvalidSettingsException.class,
                            invalid -> assertThat(invalid.problems()).hasSize(5))
                    .hasMessageContaining("min is 1: use 0")
                    .hasMessageContaining("maxTotal is 2, below max for each route, 3")
                    .hasMessageContaining("maxRoutes is 0")
                    .hasMessageContaining("manager and environment are both set")
                    .hasMessageContaining("name is blank");
            assertThat(manager.pools()).isEmpty();
        }
    }

    @Test
    void theEnginesOwnProblemsAreAmongThem() {
        assertThatThrownBy(WeirHttp.builder().maxTotal(0).settings(s -> s.acquireTimeout(Duration.ZERO))::settings)
                .hasMessageContaining("acquireTimeout")
                .hasMessageContaining("maxTotal is 0");
    }

    @Test
    void whatIsNotSetIsAsInTheSharedProfile() {
        HttpSettings settings = WeirHttp.builder().settings();
        assertThat(settings.name()).startsWith("http-");
        assertThat(settings.perRoute().min()).isZero();
        assertThat(settings.perRoute().max()).isEqualTo(5);
        assertThat(settings.perRoute().acquireTimeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.maxTotal()).isEqualTo(25);
    }

    @Test
    void aNameThatIsTakenOpensNothing() {
        MemoryBudget budget = MemoryBudget.unlimited();
        try (ConnectionPoolManager manager = ConnectionPoolManager.create(budget)) {
            WeirHttpBuilder builder = WeirHttp.builder().name("api").manager(manager);
            try (WeirConnectionManager first = builder.buildClassic()) {
                assertThatThrownBy(builder::buildAsync)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("api");
                assertThat(budget.accounts()).hasSize(1);
                assertThat(first.snapshot().shutDown()).isFalse();
            }
            assertThat(budget.accounts()).isEmpty();
        }
    }
}
