package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a run tells, to machines and to people. */
class ResultTest {

    private final Result result = new Result(
            Machine.of(Path.of(System.getProperty("java.home")), "quick", List.of("weir", "hikaricp")),
            List.of(
                    Figure.of(Row.CYCLE, "1 thread", "weir", "time", 12.34, "ns"),
                    new Figure("cycle", "1 thread", "hikaricp", "time", 100, 3, "ns")),
            List.of(new Result.Load("cycle", 0.5, 1.5, 12, 0, 10)),
            List.of(new Result.Note("cycle", "c3p0", "it drowned </script>")),
            List.of(new Result.Note("churn", "vibur", "it has no lifetime")));

    ResultTest() throws IOException {}

    @Test
    void machinesGetEveryFigureWithItsErrorAndUnit() throws Exception {
        JsonNode json = new ObjectMapper().readTree(JsonFile.tree(result).toString());
        assertThat(json.get("verb").asText()).isEqualTo("bench");
        ArrayList<String> fields = new ArrayList<>();
        ((ObjectNode) json.get("rows").get(0)).fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("bench", "variant", "pool", "metric", "value", "error", "unit");
        assertThat(json.get("rows").get(0).get("error").isNull()).isTrue();
        assertThat(json.get("rows").get(1).get("error").asDouble()).isEqualTo(3);
        assertThat(json.get("environment").get("jdk").asText()).isNotEmpty();
        assertThat(json.get("environment").get("pools").get("hikaricp").asText())
                .startsWith("HikariCP-");
        assertThat(json.get("environment").get("load").get(0).get("before").asDouble())
                .isEqualTo(0.5);
        assertThat(json.get("failures").get(0).get("reason").asText()).isEqualTo("it drowned </script>");
        assertThat(json.get("remarks").get(0).get("bench").asText()).isEqualTo("churn");
        assertThat(json.get("environment").get("load").get(0).get("others").asDouble())
                .isEqualTo(12);
    }

    @Test
    void peopleGetATableWithTheLoadAndWhatFailed() {
        assertThat(Table.of(result))
                .contains("cycle: getConnection and close", "load of the machine 0.5 before", "time, ns")
                .containsPattern("weir +12\\.3")
                .containsPattern("hikaricp +100 ±3")
                .contains("not measured: cycle, c3p0: it drowned")
                .contains("nothing to measure: churn, vibur: it has no lifetime");
    }

    @Test
    void thePageHoldsTheChartsAndTheFiguresAndAsksForNothing() throws Exception {
        String page = HtmlPage.of(result);
        assertThat(page).contains("Chart.js v", "\"value\":12.34", "it drowned \\u003c/script>");
        assertThat(page).doesNotContain("{{", "src=", "href=", "sourceMappingURL");
        assertThat(page.split("</script>", -1)).hasSize(4);
    }

    @Test
    void forksAreJoinedByTheirMedianAndSpread() {
        Medians medians = new Medians();
        for (double value : new double[] {5, 1, 3}) {
            medians.add(List.of(Figure.of(Row.FAIR, "v", "weir", "m", value, "s")));
        }
        medians.add(List.of(Figure.of(Row.FAIR, "v", "agroal", "m", 7, "s")));
        List<Figure> joined = medians.figures();
        assertThat(joined).hasSize(2);
        assertThat(joined.get(0).value()).isEqualTo(3);
        assertThat(joined.get(0).error()).isEqualTo(2);
        assertThat(joined.get(1).error()).isNaN();
        assertThat(Medians.medianOf(4, 1, 2, 9)).isCloseTo(3, within(1e-9));
    }
}
