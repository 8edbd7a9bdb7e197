package dev.weir.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A day of figures in a bound of bytes. */
class HistoryTest {

    private static final long START = 1_700_000_040L;

    @Test
    void aDayOfTwentyPoolsTakesLessThanTwoMegabytes() {
        History history = new History(WeirDashboardBuilder.HISTORY_BYTES);
        Set<String> pools = pools(20);
        for (long second = START; second < START + 86_400; second += 20) {
            history.retain(pools);
            for (String pool : pools) {
                history.add(pool, second, row(1));
            }
        }
        assertThat(history.layout()).isEqualTo(Layout.FULL);
        assertThat(history.bytes()).isLessThan(2_000_000);
        History.Extract day = Objects.requireNonNull(history.extract("pool-7", false, START + 86_399));
        assertThat(day.series().get("leased")).hasSize(1440).containsOnly(1f);
    }

    @Test
    void howeverManyPoolsThereAreItStaysWithinItsBytes() {
        History history = new History(500_000);
        for (int many : new int[] {1, 5, 10, 40, 90, 100, 200, 1_000, 3}) {
            history.retain(pools(many));
            assertThat(history.bytes()).isLessThanOrEqualTo(500_000);
        }
        assertThat(history.layout()).isEqualTo(Layout.FULL);
        history.retain(pools(1_000));
        assertThat(history.without()).isPositive();
    }

    @Test
    void whatIsRememberedSurvivesAChangeOfLayout() {
        History history = new History(200_000);
        history.retain(pools(1));
        for (long second = START; second < START + 1_200; second++) {
            history.add("pool-0", second, row(3));
        }
        history.retain(pools(4));
        assertThat(history.layout()).isNotEqualTo(Layout.FULL);
        History.Extract extract = Objects.requireNonNull(history.extract("pool-0", true, START + 1_199));
        assertThat(extract.series().get("leased")).containsOnly(3f);
    }

    @Test
    void aGapStaysAGapAndAMinuteHasItsMeanOrItsMost() {
        Track track = new Track(Layout.FULL, Series.merges());
        track.add(START, row(2));
        track.add(START + 1, row(4));
        track.add(START + 10, row(6));
        float[] seconds = track.seconds(Series.LEASED.place, START + 10);
        assertThat(seconds[seconds.length - 1]).isEqualTo(6);
        assertThat(seconds[seconds.length - 2]).isNaN();
        float[] means = track.coarse(Series.LEASED.place, START + 10);
        assertThat(means[means.length - 1]).isEqualTo(4);
        float[] most = track.coarse(Series.P99.place, START + 10);
        assertThat(most[most.length - 1]).isEqualTo(6);
    }

    @Test
    void aHistoryThatCouldKeepNothingIsRefused() {
        assertThatThrownBy(() -> new History(100)).hasMessageContaining("use at least");
    }

    private static Set<String> pools(int many) {
        Set<String> pools = new LinkedHashSet<>();
        for (int i = 0; i < many; i++) {
            pools.add("pool-" + i);
        }
        return pools;
    }

    private static float[] row(float value) {
        float[] row = new float[Series.values().length];
        java.util.Arrays.fill(row, value);
        return row;
    }
}
