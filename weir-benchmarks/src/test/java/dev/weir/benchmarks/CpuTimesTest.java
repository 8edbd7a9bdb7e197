package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpuTimesTest {

    private static final String BEFORE = "cpu  100 0 100 700 100 0 0 0 0 0";
    private static final String AFTER = "cpu  400 0 200 1200 100 0 0 100 0 0";
    private static final String SELF_BEFORE = "7 (a (strange) name) S 1 7 7 0 -1 4 0 0 0 0 10 10 20 10 20 0 1 0 5";
    private static final String SELF_AFTER = "7 (a (strange) name) S 1 7 7 0 -1 4 0 0 0 0 60 60 120 10 20 0 1 0 5";

    @Test
    void whatOthersTookIsWhatWasBusyButNotOurs() {
        CpuTimes before = CpuTimes.of(BEFORE, SELF_BEFORE);
        CpuTimes after = CpuTimes.of(AFTER, SELF_AFTER);
        assertThat(before.own()).isEqualTo(0.5);
        // 10 s of processors went by: 4 s busy, of which 2 s ours, and 1 s stolen.
        assertThat(after.othersSince(before)).isEqualTo(20);
        assertThat(after.stolenSince(before)).isEqualTo(10);
    }

    @Test
    void aSystemThatDoesNotTellIsUnknown() {
        CpuTimes unknown = new CpuTimes(0, 0, 0, 0);
        assertThat(unknown.othersSince(unknown)).isNegative();
        assertThat(unknown.stolenSince(unknown)).isNegative();
    }
}
