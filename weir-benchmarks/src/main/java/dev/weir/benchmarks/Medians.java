package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * Joins the figures of several forks: the median, and half the distance between the extremes. A figure of one fork keeps
 * the error that the fork saw within itself.
 */
final class Medians {

    private record Key(String bench, String variant, String pool, String metric, String unit) {}

    private final Map<Key, List<Figure>> seen = new LinkedHashMap<>();

    void add(List<Figure> figures) {
        for (Figure figure : figures) {
            Key key = new Key(figure.bench(), figure.variant(), figure.pool(), figure.metric(), figure.unit());
            seen.computeIfAbsent(key, any -> new ArrayList<>()).add(figure);
        }
    }

    /** In the order in which they first came. */
    List<Figure> figures() {
        return seen.values().stream().map(Medians::join).toList();
    }

    private static Figure join(List<Figure> forks) {
        Figure first = forks.get(0);
        if (forks.size() == 1) {
            return first;
        }
        double[] values = forks.stream().mapToDouble(Figure::value).toArray();
        return figure(first.bench(), first.variant(), first.pool(), first.metric(), values, first.unit());
    }

    /** The figure of several measurements. */
    static Figure figure(String bench, String variant, String pool, String metric, double[] values, String unit) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double error = sorted.length == 1 ? Double.NaN : (sorted[sorted.length - 1] - sorted[0]) / 2;
        return new Figure(bench, variant, pool, metric, median(sorted), error, unit);
    }

    static double[] each(double[] values, DoubleUnaryOperator change) {
        return Arrays.stream(values).map(change).toArray();
    }

    /** The median of sorted values. */
    private static double median(double... sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double medianOf(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return median(sorted);
    }
}
