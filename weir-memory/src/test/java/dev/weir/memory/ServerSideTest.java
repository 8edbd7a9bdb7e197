package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pool.ConnectionWeight;
import dev.weir.pool.SlotWeight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is made of the weights of some connections. */
class ServerSideTest {

    private static final long MB = 1 << 20;

    private static List<SlotWeight> weights(long... megabytes) {
        List<SlotWeight> weights = new ArrayList<>();
        for (int i = 0; i < megabytes.length; i++) {
            weights.add(slot(i, ConnectionWeight.onServer(megabytes[i] * MB, "its account")));
        }
        return weights;
    }

    private static SlotWeight slot(int number, ConnectionWeight weight) {
        return new SlotWeight(number, Duration.ofMinutes(3), Duration.ofSeconds(7), weight);
    }

    @Test
    void allWeighedIsMeasured() {
        ServerSide side = ServerSide.of(weights(10, 20), 2);
        assertThat(side.figure().bytes()).isEqualTo(30 * MB);
        assertThat(side.figure().basis()).isEqualTo(Basis.MEASURED);
        assertThat(side.errorBytes()).isEqualTo(3 * MB);
        assertThat(side.evidence())
                .singleElement()
                .asString()
                .contains("2 of 2")
                .contains("7 s ago");
    }

    @Test
    void someWeighedIsExtrapolatedAndSaysSo() {
        ServerSide side = ServerSide.of(weights(10, 20, 30), 6);
        assertThat(side.figure().bytes()).isEqualTo(120 * MB);
        assertThat(side.figure().basis()).isEqualTo(Basis.ESTIMATED);
        assertThat(side.figure().how()).contains("60.0 MB on 3 connections, extrapolated to 6");
        assertThat(side.errorBytes())
                .as("a tenth of 60, and 3 times the deviation of 10")
                .isEqualTo(36 * MB);
    }

    @Test
    void noneWeighedSaysWhy() {
        assertThat(ServerSide.of(List.of(), 3).figure().how()).contains("no connection was weighed yet");
        List<SlotWeight> refused = List.of(slot(0, ConnectionWeight.unknown("the right is missing")));
        assertThat(ServerSide.of(refused, 3).figure()).isEqualTo(MemoryFigure.unknown("the right is missing"));
        assertThat(ServerSide.of(List.of(), 0).figure()).isEqualTo(MemoryFigure.NONE);
    }

    @Test
    void freedMemoryThatIsKeptIsFlagged() {
        ConnectionWeight kept = new ConnectionWeight(-1, 41 * MB, MB, 0, 0, "its process");
        ConnectionWeight lean = new ConnectionWeight(-1, 2 * MB, MB, 0, 0, "its process");
        assertThat(ServerSide.of(List.of(slot(0, kept), slot(1, lean)), 2).evidence())
                .anySatisfy(line -> assertThat(line).startsWith("40.0 MB of it, on 1 connections, is kept"));
    }
}
