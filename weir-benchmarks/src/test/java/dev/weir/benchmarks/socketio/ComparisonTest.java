package dev.weir.benchmarks.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final List<String> progress = new ArrayList<>();

    @Test
    void everyRowIsMeasured() throws Exception {
        List<Figure> figures = measure(List.of(Row.values()), List.of(Peer.WEIR));
        assertThat(figures)
                .extracting(Figure::row)
                .contains("idle", "broadcast", "echo", "connect", "slow", "waves", "attacks");
        assertThat(figures).allSatisfy(figure -> assertThat(figure.peer()).isEqualTo("weir"));
        assertThat(value(figures, "connect", "failed")).isZero();
        assertThat(value(figures, "slow", "healthy client has")).isEqualTo(100);
        assertThat(value(figures, "attacks", "healthy ones left")).isEqualTo(Size.SMOKE.echoers);
        assertThat(value(figures, "attacks", "flood let in")).isEqualTo(Row.ATTACKS.maxPerAddress(Size.SMOKE));
        assertThat(value(figures, "attacks", "attackers ended")).isEqualTo(100);
        assertThat(Report.of(figures)).contains("broadcast: ", "weir  ", "median, ms");
    }

    @Test
    void peersAnswerTheSameFrames() throws Exception {
        List<Figure> figures =
                measure(List.of(Row.BROADCAST, Row.WAVES), List.of(Peer.NETTY, Peer.NETTY_SOCKETIO, Peer.NODE));
        for (String peer : List.of("netty", "netty-socketio", "node")) {
            assertThat(figures).filteredOn(figure -> figure.peer().equals(peer)).hasSize(6);
        }
    }

    private List<Figure> measure(List<Row> rows, List<Peer> peers) throws Exception {
        Path jdk = Path.of(System.getProperty("java.home"));
        try (Comparison comparison = new Comparison(jdk, Size.SMOKE, progress::add)) {
            comparison.run(rows, peers);
            assertThat(comparison.failures()).isEmpty();
            assertThat(progress).hasSameSizeAs(rows);
            return comparison.figures();
        }
    }

    private static double value(List<Figure> figures, String row, String metric) {
        return figures.stream()
                .filter(figure -> figure.row().equals(row) && figure.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
