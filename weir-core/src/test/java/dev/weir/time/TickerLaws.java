package dev.weir.time;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TickerLaws {

    @Property(tries = 20)
    void anyNumberOfReadingsIsInOrder(@ForAll @IntRange(min = 2, max = 50) int readings) {
        Ticker ticker = Ticker.system();
        long last = ticker.nanos();
        for (int i = 1; i < readings; i++) {
            long next = ticker.nanos();
            assertThat(next - last).isNotNegative();
            last = next;
        }
    }
}
