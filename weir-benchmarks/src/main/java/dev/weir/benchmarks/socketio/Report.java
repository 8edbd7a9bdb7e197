package dev.weir.benchmarks.socketio;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures as text: a table for each row, a line for each peer. Of several forks, the median. */
final class Report {

    private Report() {}

    static String of(List<Figure> figures) {
        StringBuilder out = new StringBuilder();
        for (Row row : Row.values()) {
            Map<String, Map<String, List<Double>>> peers = new LinkedHashMap<>();
            figures.stream()
                    .filter(figure -> figure.row().equals(row.id()))
                    .forEach(figure -> peers.computeIfAbsent(figure.peer(), any -> new LinkedHashMap<>())
                            .computeIfAbsent(heading(figure), any -> new ArrayList<>())
                            .add(figure.value()));
            if (!peers.isEmpty()) {
                append(out, row, peers);
            }
        }
        return out.toString();
    }

    private static String heading(Figure figure) {
        return figure.unit().isEmpty() ? figure.metric() : figure.metric() + ", " + figure.unit();
    }

    private static void append(StringBuilder out, Row row, Map<String, Map<String, List<Double>>> peers) {
        List<String> headings = List.copyOf(peers.values().iterator().next().keySet());
        out.append(String.format(Locale.ROOT, "%n%s: %s%n  %-16s", row.id(), row.title(), ""));
        headings.forEach(heading -> out.append(String.format(Locale.ROOT, "  %14s", heading)));
        out.append(System.lineSeparator());
        peers.forEach((peer, values) -> {
            out.append(String.format(Locale.ROOT, "  %-16s", peer));
            for (String heading : headings) {
                int width = Math.max(14, heading.length());
                out.append(String.format(
                        Locale.ROOT, "  %" + width + "s", number(median(values.getOrDefault(heading, List.of())))));
            }
            out.append(System.lineSeparator());
        });
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Three digits that mean something. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        double size = Math.abs(value);
        if (size >= 100 || value == Math.rint(value)) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : "%.2f", value);
    }
}
