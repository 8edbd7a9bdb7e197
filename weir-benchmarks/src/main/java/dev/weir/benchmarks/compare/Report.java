package dev.weir.benchmarks.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The result as text. */
final class Report {

    private Report() {}

    static String of(List<ShapeResult> shapes, List<SettingResult> settings, List<StepResult> steps) {
        StringBuilder out = new StringBuilder();
        shapes.forEach(shape -> append(out, shape));
        if (!settings.isEmpty()) {
            line(
                    out,
                    "%nEach setting alone, on the service as before (%s statements):",
                    Comparison.SETTINGS_ON.label());
            line(out, "  %10s  %8s  %8s  %-13s  %s", "less, MB", "p50, ms", "p99, ms", "", "setting");
            settings.forEach(one -> line(
                    out,
                    "  %10.0f  %8.2f  %8.1f  %-13s  %s",
                    one.savesMb(),
                    one.p50Ms(),
                    one.p99Ms(),
                    one.verdict(),
                    one.text()));
        }
        if (!steps.isEmpty()) {
            line(
                    out,
                    "%nStep by step from before to advised, each added to those above it (%s statements):",
                    Comparison.SETTINGS_ON.label());
            line(
                    out,
                    "  %10s  %10s  %8s  %8s  %8s  %-13s  %s",
                    "total, MB",
                    "less, MB",
                    "share, %",
                    "p50, ms",
                    "p99, ms",
                    "",
                    "setting");
            steps.forEach(one -> line(
                    out,
                    "  %10.0f  %10.0f  %8.1f  %8.2f  %8.1f  %-13s  %s",
                    one.totalMb(),
                    one.savesMb(),
                    one.sharePercent(),
                    one.p50Ms(),
                    one.p99Ms(),
                    one.verdict(),
                    one.text()));
        }
        return out.toString();
    }

    private static void append(StringBuilder out, ShapeResult shape) {
        List<Outcome> sides = List.of(shape.before(), shape.after(), shape.advised());
        line(out, "%nStatements of %s%n  %-22s %10s %10s %10s", shape.name(), "", "before", "after", "advised");
        List<Map<String, Double>> parts = sides.stream().map(Report::parts).toList();
        for (Part part : shape.before().parts()) {
            row(
                    out,
                    part.name() + ", MB",
                    "%10.1f",
                    parts.stream()
                            .map(one -> one.getOrDefault(part.name(), 0.0))
                            .toList());
        }
        row(out, "total, MB", "%10.1f", sides.stream().map(Outcome::totalMb).toList());
        row(
                out,
                "less, %",
                "%10.0f",
                sides.stream().map(one -> one.savedPercent(shape.before())).toList());
        row(out, "transactions/s", "%10.0f", sides.stream().map(Outcome::tps).toList());
        row(out, "p50, ms", "%10.2f", sides.stream().map(Outcome::p50Ms).toList());
        row(out, "p99, ms", "%10.1f", sides.stream().map(Outcome::p99Ms).toList());
        row(out, "p99.9, ms", "%10.1f", sides.stream().map(Outcome::p999Ms).toList());
        row(
                out,
                "backends",
                "%10.0f",
                sides.stream().map(one -> (double) one.connections()).toList());
        row(
                out,
                "failed",
                "%10.0f",
                sides.stream().map(one -> (double) one.failed()).toList());
        line(
                out,
                "  wanted: %.0f %% less, p50 and p99 no longer than before: %s",
                shape.wantedPercent(),
                shape.met() ? "met" : "not met");
    }

    private static Map<String, Double> parts(Outcome outcome) {
        Map<String, Double> parts = new TreeMap<>();
        outcome.parts().forEach(part -> parts.put(part.name(), part.mb()));
        return parts;
    }

    private static void row(StringBuilder out, String name, String format, List<Double> values) {
        out.append(String.format(Locale.ROOT, "  %-22s", name));
        values.forEach(value -> out.append(' ').append(String.format(Locale.ROOT, format, value)));
        out.append(System.lineSeparator());
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }
}
