package dev.weir.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How far differences of pairs lie from zero, by ranks: the median of the means of any two of them (Hodges and Lehmann, 1963), and
 * the interval that Wilcoxon's signed-rank test does not reject at 5 %. A turn that the machine spoilt moves neither
 * by more than one rank, and nothing is assumed of how differences are distributed but that they are as often above as below.
 *
 * @param value the middle
 * @param low of the interval of 95 %; not a number where there are fewer than six differences, which no such interval has
 * @param high of the same
 */
record SignedRank(double value, double low, double high) {

    /** Of 95 %, both sides. */
    private static final double NORMAL = 1.959964;

    /** Fewer can be all above zero by chance in more than 5 % of cases. */
    private static final int FEWEST = 6;

    static SignedRank of(double... differences) {
        int n = differences.length;
        double[] means = new double[n * (n + 1) / 2];
        int count = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i; j < n; j++) {
                means[count++] = (differences[i] + differences[j]) / 2;
            }
        }
        Arrays.sort(means);
        if (n < FEWEST) {
            return new SignedRank(Medians.medianOf(means), Double.NaN, Double.NaN);
        }
        double spread = NORMAL * Math.sqrt(n * (n + 1) * (2 * n + 1) / 24.0);
        // Ranks are whole numbers: half of one makes the normal distribution hold for few of them too.
        int cut = (int) Math.floor(Math.max(0, n * (n + 1) / 4.0 - spread - 0.5));
        return new SignedRank(Medians.medianOf(means), means[cut], means[count - 1 - cut]);
    }

    /** The same on another scale, whose order is the same or the opposite one. */
    SignedRank on(DoubleUnaryOperator scale) {
        double one = scale.applyAsDouble(low);
        double other = scale.applyAsDouble(high);
        return new SignedRank(scale.applyAsDouble(value), Math.min(one, other), Math.max(one, other));
    }

    /** Half of the interval. */
    double error() {
        return (high - low) / 2;
    }
}
