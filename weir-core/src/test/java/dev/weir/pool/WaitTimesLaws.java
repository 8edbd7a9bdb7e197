package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class WaitTimesLaws {

    private static final long HOUR = 3_600_000_000_000L;

    @Property(tries = 1000)
    void aWaitLiesInItsBucket(@ForAll @LongRange(min = 0, max = HOUR) long nanos) {
        int bucket = WaitTimes.bucketOf(nanos);
        assertThat(nanos).isLessThan(WaitTimes.upperNanos(bucket));
        if (bucket > 0) {
            assertThat(nanos).isGreaterThanOrEqualTo(WaitTimes.upperNanos(bucket - 1));
        }
    }

    @Property(tries = 300)
    void aQuantileIsOffByLessThanHalf(
            @ForAll @Size(min = 1, max = 200) List<@LongRange(min = 2_000, max = HOUR) Long> waits,
            @ForAll @DoubleRange(min = 0.01, max = 1) double quantile) {
        WaitStatistics statistics = new WaitStatistics();
        waits.forEach(statistics::waited);
        long[] sorted = waits.stream().mapToLong(Long::longValue).sorted().toArray();
        long exact = sorted[(int) Math.ceil(quantile * sorted.length) - 1];
        WaitTimes times = statistics.times(sorted.length);
        assertThat(times.quantileNanos(quantile)).isBetween(exact, exact + exact / 2 + 1);
        assertThat(times.quantileNanos(1)).isEqualTo(sorted[sorted.length - 1]);
        assertThat(times.maxNanos()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(times.count()).isEqualTo(sorted.length);
    }

    @Property(tries = 100)
    void leasesThatDidNotWaitCountAsZero(@ForAll Random random) {
        WaitStatistics statistics = new WaitStatistics();
        long leases = 1L + random.nextInt(1000);
        long waited = random.nextInt((int) leases);
        LongStream.range(0, waited).forEach(wait -> statistics.waited(5_000_000));
        WaitTimes times = statistics.times(leases);
        assertThat(times.immediate()).isEqualTo(leases - waited);
        double share = (double) (leases - waited) / leases;
        assertThat(times.quantileNanos(share * 0.99)).isZero();
        if (waited > 0) {
            assertThat(times.quantileNanos(1)).isEqualTo(5_000_000);
        }
    }

    @Property(tries = 100)
    void theDifferenceCountsWhatCameSince(@ForAll Random random) {
        WaitStatistics statistics = new WaitStatistics();
        int before = random.nextInt(50);
        int since = random.nextInt(50);
        for (int i = 0; i < before; i++) {
            statistics.waited(random.nextInt(1_000_000_000));
        }
        WaitTimes earlier = statistics.times(before);
        for (int i = 0; i < since; i++) {
            statistics.waited(random.nextInt(1_000_000_000));
        }
        assertThat(statistics.times(before + since).since(earlier).count()).isEqualTo(since);
    }
}
