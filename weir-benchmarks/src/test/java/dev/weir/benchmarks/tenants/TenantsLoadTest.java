package dev.weir.benchmarks.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TenantsLoadTest {

    @Test
    void everyLimitHoldsWhileTheHotSetMoves() throws Exception {
        TenantsResult result = new TenantsLoad(200, 40).run(Duration.ofSeconds(2), gone -> {});
        assertThat(result).extracting(TenantsResult::holds).as("%s", result).isEqualTo(true);
        assertThat(result.requests()).isPositive();
        assertThat(result.tenantsServed()).isGreaterThan(40);
        assertThat(result.mostConnections()).isBetween(1, 40);
        assertThat(result.threadsAdded()).isLessThan(10);
    }

    @Test
    void aBrokenLimitIsTold() {
        assertThat(result(0, 0, 0, 0, 0, 0).holds()).isTrue();
        assertThat(result(1, 0, 0, 0, 0, 0).holds()).isFalse();
        assertThat(result(0, 1, 0, 0, 0, 0).holds()).isFalse();
        assertThat(result(0, 0, 1, 0, 0, 0).holds()).isFalse();
        assertThat(result(0, 0, 0, 1, 0, 0).holds()).isFalse();
        assertThat(result(0, 0, 0, 0, 1, 0).holds()).isFalse();
        assertThat(result(0, 0, 0, 0, 0, 1).holds()).isFalse();
    }

    private static TenantsResult result(
            int timedOut, int starved, int lentTwice, int over, int connectionsLeft, int bytesLeft) {
        return new TenantsResult(
                9, 9, 9, 9, timedOut, 9, starved, 9, lentTwice, 9, 9, over, 9, 9, 9, 9, connectionsLeft, bytesLeft);
    }
}
