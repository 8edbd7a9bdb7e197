package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.contender.Contenders;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That each row measures something; how much is no business of a test. */
class WorkTest {

    @Test
    void fairnessIsMeasured() throws Exception {
        assertThat(measure(Row.FAIR)).contains("longest wait / ideal", "luckiest / unluckiest");
    }

    @Test
    void aSpikeIsMeasured() throws Exception {
        assertThat(measure(Row.SPIKE))
                .containsExactly("last served", "last served / ideal", "connections opened", "connections before");
    }

    @Test
    void theFootprintIsMeasured() throws Exception {
        assertThat(measure(Row.FOOTPRINT)).contains("heap", "threads");
    }

    @Test
    void churnIsMeasured() throws Exception {
        assertThat(measure(Row.CHURN)).contains("wait p99.9, with / without", "connections opened");
    }

    @Test
    void theEngineAndItsPeersAreMeasuredByJmh() throws Exception {
        assertThat(measure(Row.ENGINE)).contains("throughput", "time", "allocated");
        assertThat(measure(Row.STATEMENT)).contains("throughput", "time", "allocated");
    }

    @Test
    void whatWatchingCostsIsMeasured() throws Exception {
        assertThat(measure(Row.OVERHEAD)).containsExactly("off", "on", "overhead");
        assertThat(measure(Row.DASHBOARD)).containsExactly("off", "on", "overhead");
    }

    @Test
    void scaleIsModelledAndCompared() throws Exception {
        assertThat(measure(Row.SCALE)).contains("compare-and-set", "model / engine", "128 cores");
    }

    @Test
    @Tag("virtual-threads")
    void virtualThreadsAreMeasured() throws Exception {
        assertThat(measure(Row.VIRTUAL)).contains("run", "longest wait / FIFO's", "stuck threads");
    }

    private static List<String> measure(Row row) throws Exception {
        List<Figure> figures = row.work().measure(new Subject(row, Contenders.WEIR, Effort.SMOKE, Work.WHOLE));
        assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isFinite());
        return figures.stream().map(Figure::metric).distinct().toList();
    }
}
