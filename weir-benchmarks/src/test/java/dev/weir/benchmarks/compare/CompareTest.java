package dev.weir.benchmarks.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a comparison can be seen without running one. */
class CompareTest {

    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesTheOptionsAndTheShapes() {
        assertThat(Compare.commandLine().getUsageMessage())
                .contains("./weir compare", "--quick", "--json", "--html", "small", "joins", "large", "Exit codes:");
    }

    @Test
    void whatIsNotThereIsAWrongUsage() {
        assertThat(exit("--shapes", "round")).isEqualTo(2);
        assertThat(exit("--jdk", "no-such-directory")).isEqualTo(2);
        assertThat(exit("--json", "no-such-directory/result.json")).isEqualTo(2);
        assertThat(err.toString()).contains("round", "no-such-directory");
    }

    @Test
    void statementsHaveTheSizesTheirShapeSays() {
        assertThat(Shape.SMALL.statements())
                .allSatisfy(sql -> assertThat(sql.length()).isBetween(50, 70));
        List<String> large = Shape.LARGE.statements();
        assertThat(large.get(0).length()).isBetween(900, 1_100);
        assertThat(large.get(large.size() - 1).length()).isBetween(9_800, 10_200);
        for (Shape shape : Shape.values()) {
            assertThat(new HashSet<>(shape.statements())).hasSameSizeAs(shape.statements());
        }
    }

    @Test
    void everyServiceIsAskedForTheSameAtTheSameMoments() {
        List<Order> one = orders(2_000_000_000L);
        assertThat(one)
                .isEqualTo(orders(2_000_000_000L))
                .isSortedAccordingTo((a, b) -> Long.compare(a.intended(), b.intended()));
        assertThat(one.stream().filter(order -> order.lane() == Lane.DATABASE)).hasSizeBetween(1_400, 1_800);
        assertThat(one.stream().filter(order -> order.lane() == Lane.ROUND)).hasSize(1);
    }

    @Test
    void orderedLateOrAnsweredLateLatencyCountsFromTheIntendedStart() {
        Tally tally = new Tally(1_000_000_000L);
        tally.offered(999_999_999L);
        tally.answered(999_999_999L, 1_500_000_000L, 1);
        tally.offered(1_000_000_000L);
        tally.offered(1_100_000_000L);
        tally.answered(1_000_000_000L, 1_250_000_000L, 7);
        assertThat(tally.isComplete()).isFalse();
        LaneResult result = tally.result(1);
        assertThat(result.offered()).isEqualTo(2);
        assertThat(result.done()).isEqualTo(1);
        assertThat(result.failed()).isEqualTo(1);
        assertThat(result.rows()).isEqualTo(7);
        assertThat(result.p50Ms()).isBetween(249.0, 251.0);
    }

    @Test
    void advisedIsAfterWithEverySettingThatIsAdvised() {
        Setup advised = Setup.advised();
        assertThat(advised.pools()).isEqualTo(Setup.Pools.WEIR);
        assertThat(advised.databases()).containsExactly(2, 2, 2);
        assertThat(advised.jvm()).contains("-XX:+UseSerialGC", "-Xmx96m").doesNotContain("-XX:+UseG1GC", "-Xmx512m");
        assertThat(Setup.after().jvm()).isEqualTo(Setup.before().jvm());
    }

    @Test
    void theStepsLeadFromBeforeOverAfterToAdvised() {
        Setup setup = Setup.before();
        for (Setting setting : Setting.WEIR) {
            setup = setting.applyTo(setup);
        }
        assertThat(setup).isEqualTo(Setup.after());
        setup = Setup.before();
        for (Setting setting : Setting.STEPS) {
            setup = setting.applyTo(setup);
        }
        assertThat(setup).isEqualTo(Setup.advised());
    }

    @Test
    void sharesAddUpToTheWholeSavingAndWhatSavesNothingIsSaidTo() {
        List<StepResult> steps = StepResult.of(
                outcome(1_000),
                List.of(
                        new StepResult.Step(Setting.DATABASE_SIZES, outcome(300)),
                        new StepResult.Step(Setting.FRAME_BOUND, outcome(299)),
                        new StepResult.Step(Setting.WEIR_POOLS, outcome(320)),
                        new StepResult.Step(Setting.SERIAL_GC, outcome(200))));
        assertThat(steps).extracting(StepResult::savesMb).containsExactly(700.0, 1.0, -21.0, 120.0);
        assertThat(steps).extracting(StepResult::verdict).containsExactly("saves", "saves nothing", "costs", "saves");
        assertThat(steps.stream().mapToDouble(StepResult::sharePercent).sum())
                .isCloseTo(100, org.assertj.core.data.Offset.offset(0.001));
        assertThat(Report.of(List.of(), List.of(), steps)).contains("700", "87.5", "saves nothing");
    }

    private static Outcome outcome(double totalMb) {
        return new Outcome(totalMb, List.of(), 1, 1, 1, 1, Map.of(), 1, 0, 0, 0, 0, 0, 0, Setup.before(), "");
    }

    @Test
    void partsAddUpToTheTotal() {
        Holdings holdings = new Holdings(200 << 20, 100 << 20, 60 << 20, 6, 9 << 20);
        List<Part> parts = holdings.parts(Map.of(Part.DATABASE, 5L << 20, Part.WEBSOCKET, 2L << 20));
        assertThat(parts.stream().mapToDouble(Part::mb).sum())
                .isCloseTo(holdings.totalMb(), org.assertj.core.data.Offset.offset(0.001));
        assertThat(parts)
                .filteredOn(part -> part.name().equals(Part.JVM))
                .singleElement()
                .satisfies(part -> assertThat(part.mb()).isEqualTo(193.0));
    }

    private static List<Order> orders(long length) {
        Schedule schedule = new Schedule(length);
        List<Order> orders = new ArrayList<>();
        for (Order next = schedule.next(0); next != null; next = schedule.next(0)) {
            orders.add(next);
        }
        return orders;
    }

    private int exit(String... arguments) {
        return Compare.commandLine().setErr(new PrintWriter(err)).execute(arguments);
    }
}
