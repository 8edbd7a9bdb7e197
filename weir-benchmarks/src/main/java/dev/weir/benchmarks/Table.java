package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures as text: a table for each variant, a line for each pool. */
final class Table {

    private Table() {}

    static String of(Result result) {
        StringBuilder out = new StringBuilder();
        for (Result.Load load : result.loads()) {
            Row row = Row.of(load.bench());
            out.append(String.format(
                    Locale.ROOT,
                    "%n%s: %s%n(load of the machine %.1f before, %.1f after%s; %.0f s)%n",
                    row.id(),
                    row.title(),
                    load.before(),
                    load.after(),
                    others(load),
                    load.seconds()));
            Map<String, List<Figure>> variants = new LinkedHashMap<>();
            for (Figure figure : result.rows()) {
                if (figure.bench().equals(row.id())) {
                    variants.computeIfAbsent(figure.variant(), any -> new ArrayList<>())
                            .add(figure);
                }
            }
            variants.forEach((variant, figures) -> append(out, variant, figures));
        }
        result.remarks().forEach(remark -> note(out, "nothing to measure", remark));
        result.failures().forEach(failure -> note(out, "not measured", failure));
        return out.toString();
    }

    private static String others(Result.Load load) {
        return load.others() < 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; others took %.0f %% of its processors, the hypervisor %.0f %%",
                        load.others(),
                        load.stolen());
    }

    private static void note(StringBuilder out, String what, Result.Note note) {
        out.append(String.format(
                Locale.ROOT,
                "%n%s: %s%s%s: %s%n",
                what,
                note.bench(),
                note.pool().isEmpty() ? "" : ", ",
                note.pool(),
                note.reason().lines().findFirst().orElse("")));
    }

    private static void append(StringBuilder out, String variant, List<Figure> figures) {
        Set<String> metrics = new LinkedHashSet<>();
        Map<String, Map<String, String>> pools = new LinkedHashMap<>();
        for (Figure figure : figures) {
            String metric = figure.unit().isEmpty() ? figure.metric() : figure.metric() + ", " + figure.unit();
            metrics.add(metric);
            pools.computeIfAbsent(figure.pool(), any -> new LinkedHashMap<>()).put(metric, cell(figure));
        }
        out.append(String.format(Locale.ROOT, "%n  %-18s", variant.length() > 18 ? "" : variant));
        if (variant.length() > 18) {
            out.append(String.format(Locale.ROOT, "%s%n  %-18s", variant, ""));
        }
        metrics.forEach(metric -> out.append(String.format(Locale.ROOT, "%" + width(metric) + "s", metric)));
        out.append(System.lineSeparator());
        pools.forEach((pool, cells) -> {
            out.append(String.format(Locale.ROOT, "  %-18s", pool));
            metrics.forEach(metric ->
                    out.append(String.format(Locale.ROOT, "%" + width(metric) + "s", cells.getOrDefault(metric, ""))));
            out.append(System.lineSeparator());
        });
    }

    private static int width(String metric) {
        return Math.max(15, metric.length() + 2);
    }

    private static String cell(Figure figure) {
        String value = number(figure.value());
        return Double.isNaN(figure.error()) ? value : value + " ±" + number(figure.error());
    }

    /** Three digits that mean something. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
