package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ConnectionPoolManager;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What an operator sees of each slot. */
class SlotViewTest {

    private static final Connector<String> STRINGS = new Connector<>() {
        @Override
        public String connect() {
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
            return "strings";
        }
    };

    @Test
    void aLeasedSlotNamesItsHolderAndAnIdleOneDoesNot() {
        try (ConnectionPoolManager manager = ConnectionPoolManager.create()) {
            Pool<String> pool = manager.open(
                    "p",
                    STRINGS,
                    PoolSettings.shared().toBuilder().min(2).max(3).build());
            Awaitility.await().until(() -> pool.snapshot().idle() == 2);
            Slot<String> slot = pool.lease();
            assertThat(pool.engines()).containsExactly(pool);
            assertThat(pool.slotViews()).hasSize(2).anySatisfy(view -> {
                assertThat(view.slot()).isEqualTo(slot.index());
                assertThat(view.state()).isEqualTo(SlotState.LEASED);
                assertThat(view.holder()).isEqualTo(Thread.currentThread().getName());
                assertThat(view.leases()).isEqualTo(1);
                assertThat(view.doomed()).isFalse();
            });
            pool.evict(Eviction.SOFT);
            assertThat(pool.slotViews())
                    .filteredOn(view -> view.slot() == slot.index())
                    .singleElement()
                    .satisfies(view -> assertThat(view.doomed()).isTrue());
            pool.giveBack(slot, slot.word());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> pool.slotViews().stream()
                            .noneMatch(view -> view.holder() != null || view.state() == SlotState.LEASED));
        }
    }
}
