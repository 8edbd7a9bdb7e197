package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Joins the figures of several forks: the median, and half the distance between the extremes. */
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
        double[] values = forks.stream().mapToDouble(Figure::value).sorted().toArray();
        double error = (values[values.length - 1] - values[0]) / 2;
        return new Figure(
                first.bench(), first.variant(), first.pool(), first.metric(), median(values), error, first.unit());
    }

    /** The median of sorted values. */
    static double median(double... sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static double medianOf(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return median(sorted);
    }
}
