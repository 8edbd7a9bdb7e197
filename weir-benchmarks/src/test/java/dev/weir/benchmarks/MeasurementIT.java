package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A run as a user makes it, in JVMs of its own, but short. */
class MeasurementIT {

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void rowsShareTheirForksWhenShort() throws Exception {
        Result result = run(List.of(Row.ENGINE, Row.CYCLE, Row.CHURN), List.of("weir", "vibur"));
        assertThat(result.failures()).isEmpty();
        assertThat(result.remarks()).extracting(Result.Note::pool).containsExactly("vibur");
        assertThat(result.loads()).extracting(Result.Load::bench).containsExactly("engine", "cycle", "churn");
        assertThat(result.rows())
                .filteredOn(figure -> figure.bench().equals("engine"))
                .extracting(Figure::pool)
                .containsOnly("weir");
        assertThat(result.rows())
                .filteredOn(figure -> figure.bench().equals("cycle"))
                .extracting(Figure::pool)
                .contains("weir", "vibur");
    }

    @Test
    @Tag("first-jdk")
    void whatWatchingCostsIsMeasuredOnARealServerInThroughputAndInProcessorTime() throws Exception {
        Result result = run(List.of(Row.OVERHEAD), List.of("weir"));
        assertThat(result.failures()).isEmpty();
        assertThat(result.rows())
                .filteredOn(figure -> figure.variant().equals("select 1 on PostgreSQL"))
                .extracting(Figure::metric)
                .containsExactly("off", "on", "overhead", "CPU off", "CPU on", "CPU overhead");
        assertThat(result.rows())
                .filteredOn(figure ->
                        figure.metric().startsWith("CPU o") && figure.unit().equals("µs"))
                .hasSize(2)
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }

    @Test
    void everyFaultHappensAndEveryPoolIsAskedWhatItSaw() throws Exception {
        Result result = run(List.of(Row.OUTAGE), List.of("weir"));
        assertThat(result.failures()).isEmpty();
        assertThat(result.rows())
                .extracting(Figure::variant)
                .contains("killed", "frozen", "restarted", "full", "black holed", "reset", "half open", "slow");
        assertThat(result.rows())
                .filteredOn(figure -> figure.metric().equals("wrong answers"))
                .hasSize(8)
                .allSatisfy(figure -> assertThat(figure.value()).isZero());
        assertThat(result.rows())
                .filteredOn(figure -> figure.metric().equals("answers"))
                .allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }

    private Result run(List<Row> rows, List<String> pools) throws Exception {
        try (PrintStream out = new PrintStream(progress, true, StandardCharsets.UTF_8)) {
            return new Measurement(Jdks.own(), Effort.SMOKE, out).run(rows, pools);
        }
    }
}
