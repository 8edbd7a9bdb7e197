package dev.weir.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Pauses have jitter, so what holds for one is tried a few times. */
class ConnectPauseTest {

    private static final int TIMES = 20;

    private final PoolSettings settings = PoolSettings.shared().toBuilder()
            .connectPause(Duration.ofMillis(50))
            .connectPauseMax(Duration.ofMillis(500))
            .build();
    private final ConnectPause pause = new ConnectPause();

    private void fail(ConnectFailure kind, int times) {
        for (int i = 0; i < times; i++) {
            pause.failed(kind, settings, 0);
        }
    }

    private static void between(long nanos, int fromMillis, int toMillis) {
        assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofMillis(fromMillis), Duration.ofMillis(toMillis));
    }

    @RepeatedTest(TIMES)
    void doublesUpToItsLongest() {
        fail(ConnectFailure.TRANSIENT, 1);
        between(pause.until(false), 25, 50);
        fail(ConnectFailure.TRANSIENT, 1);
        between(pause.until(false), 50, 100);
        fail(ConnectFailure.TRANSIENT, 10);
        between(pause.until(false), 250, 500);
    }

    @RepeatedTest(TIMES)
    void probesWhileRequestsWaitForAServerThatLetNobodyIn() {
        fail(ConnectFailure.TRANSIENT, 12);
        between(pause.until(true), 40, 80);
        fail(ConnectFailure.SERVER_FULL, 1);
        between(pause.until(true), 40, 80);
    }

    @Test
    void aFullServerIsNoFailureInARow() {
        fail(ConnectFailure.SERVER_FULL, 3);
        assertThat(pause.inARow()).isZero();
        assertThat(pause.isPaused()).isTrue();
        pause.succeeded();
        assertThat(pause.isPaused()).isFalse();
    }
}
