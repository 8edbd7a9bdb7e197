package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.contender.OpenPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the growth by class, over few pools, is what a thousand pools really take on the heap. */
class FootprintTest {

    private static final int POOLS = 1_000;

    @ParameterizedTest
    @ValueSource(strings = {"weir", "tomcat", "dbcp2"})
    void aThousandEmptyPoolsTakeWhatWasSaid(String id) throws Exception {
        double said = FootprintWork.growth(Contenders.of(id), 0, 3, 20).bytesEach();
        List<OpenPool> pools = new ArrayList<>();
        try {
            FootprintWork.open(Contenders.of(id), 0, 10, pools);
            long before = live();
            FootprintWork.open(Contenders.of(id), 0, POOLS, pools);
            double took = (double) (live() - before) / POOLS;
            // The harness keeps a record and a list's entry of each, and the JVM moves things of its own.
            assertThat(said).isPositive().isCloseTo(took, within(80 + 0.1 * took));
        } finally {
            pools.forEach(OpenPool::close);
        }
    }

    @Test
    void whatMerelyMovedDoesNotCount() throws Exception {
        List<byte[]> once = new ArrayList<>();
        Growth growth = new Growth(1, type -> !type.equals("[B"));
        growth.look();
        once.add(new byte[1_000_000]);
        growth.look();
        growth.look();
        growth.look();
        assertThat(once).hasSize(1);
        assertThat(growth.bytesEach()).isBetween(-20_000.0, 20_000.0);
    }

    private static long live() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
