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
        assertThat(measure(new FairWork())).contains("longest wait / ideal", "luckiest / unluckiest");
    }

    @Test
    void aSpikeIsMeasured() throws Exception {
        assertThat(measure(new SpikeWork())).containsExactly("last served", "connections opened");
    }

    @Test
    void theFootprintIsMeasured() throws Exception {
        assertThat(measure(new FootprintWork())).contains("heap", "threads");
    }

    @Test
    @Tag("virtual-threads")
    void virtualThreadsAreMeasured() throws Exception {
        assertThat(measure(new VirtualWork())).contains("run", "longest wait / FIFO's", "stuck threads");
    }

    private static List<String> measure(Work work) throws Exception {
        List<Figure> figures = work.measure(new Subject(Contenders.WEIR, Effort.SMOKE));
        assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isFinite());
        return figures.stream().map(Figure::metric).distinct().toList();
    }
}
