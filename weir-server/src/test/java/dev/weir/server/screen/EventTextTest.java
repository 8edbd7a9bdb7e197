package dev.weir.server.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.CloseReason;
import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTextTest {

    @Test
    void decisionsAlertsAndLeaksAreLines() {
        assertThat(EventText.describe(new PoolEvent.Scaled("p", 0, 2, 3, "4 waiting")))
                .isEqualTo("p: scaled from 2 to 3: 4 waiting");
        assertThat(EventText.describe(new PoolEvent.AlertRaised("p", 0, "slow", "p99 is 2 s")))
                .isEqualTo("p: alert slow: p99 is 2 s");
        assertThat(EventText.describe(new PoolEvent.AlertCleared("p", 0, "slow", Duration.ofSeconds(90))))
                .isEqualTo("p: alert slow is over after 1m30s");
        assertThat(EventText.describe(new PoolEvent.LeakDetected(
                        "p", 0, 4, LeakVerdict.CERTAIN, Duration.ofSeconds(61), "user-3", List.of())))
                .isEqualTo("p: leak (certain) of slot 4, held for 1m1s by user-3");
    }

    @Test
    void aFailureIsItsFirstLine() {
        assertThat(EventText.describe(new PoolEvent.ConnectFailed("p", 0, new SQLException("refused\nat x"), 3)))
                .isEqualTo("p: connecting failed (3 in a row): refused");
    }

    @Test
    void everydayLifeIsNoLine() {
        assertThat(EventText.describe(new PoolEvent.ConnectionOpened("p", 0, 1, Duration.ZERO)))
                .isNull();
        assertThat(EventText.describe(new PoolEvent.ConnectionClosed("p", 0, 1, CloseReason.IDLE, Duration.ZERO)))
                .isNull();
        assertThat(EventText.describe(new PoolEvent.Rejected("p", 0, "full", 50)))
                .isNull();
    }
}
