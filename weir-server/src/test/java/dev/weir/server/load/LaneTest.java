package dev.weir.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.load.Lane.Counts;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static Lane lane(Duration pause) {
        return new Lane("p", PoolKind.REDIS, 1, pause, random -> () -> {}, new Failures());
    }

    private final Lane lane = lane(Duration.ZERO);
    private final IOException failure = new IOException("broken");

    @Test
    void rejectionsAndConflictsAreNoErrors() {
        lane.failed(Meaning.REJECTED, failure, false);
        lane.failed(Meaning.CONFLICT, failure, false);
        lane.failed(Meaning.OVER, failure, false);
        assertThat(lane.counts()).isEqualTo(new Counts(0, 1, 0, 1, 0, 0, 0));
        assertThat(lane.failures().kinds()).isEmpty();
    }

    @Test
    void everythingElseIsOne() {
        lane.failed(Meaning.TIMED_OUT, failure, false);
        lane.failed(Meaning.UNCERTAIN, failure, false);
        lane.failed(Meaning.WRONG, failure, false);
        lane.failed(Meaning.ERROR, failure, false);
        assertThat(lane.counts()).isEqualTo(new Counts(0, 0, 1, 0, 1, 1, 4));
        assertThat(lane.failures().kinds()).containsEntry("IOException: broken", 4L);
    }

    @Test
    void whatFailsWhenTheRunIsOverIsNoErrorUnlessItIsAWrongAnswer() {
        lane.failed(Meaning.TIMED_OUT, failure, true);
        lane.failed(Meaning.ERROR, failure, true);
        lane.failed(Meaning.UNCERTAIN, failure, true);
        lane.failed(Meaning.WRONG, failure, true);
        assertThat(lane.counts()).isEqualTo(new Counts(0, 0, 0, 0, 1, 1, 1));
    }

    @Test
    void usersRestAroundThePause() {
        SplittableRandom random = new SplittableRandom(3);
        assertThat(lane.pauseNanos(random)).isZero();
        Lane resting = lane(Duration.ofNanos(1_000));
        for (int i = 0; i < 10_000; i++) {
            assertThat(resting.pauseNanos(random)).isBetween(500L, 1_500L);
        }
    }
}
