package dev.weir.benchmarks;

import dev.weir.jdbc.WeirDataSource;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * What was measured without something and with it, by turns. Differences are taken turn by turn, so that what drifts on the
 * machine falls out.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turns(double[] off, double[] on) {

    /** Measures a pool for so long, by one figure. */
    @FunctionalInterface
    interface Load {
        double run(WeirDataSource pool, long nanos) throws Exception;
    }

    /** Brings about whatever is to be measured, until it is closed. */
    @FunctionalInterface
    interface Watch {
        AutoCloseable begin() throws Exception;
    }

    /**
     * Takes turns.
     *
     * @param without the pool of one side
     * @param with the pool of the other; it may be the same
     */
    @SuppressWarnings("try") // what watches is only there to watch
    static Turns take(WeirDataSource without, WeirDataSource with, Watch watch, Load load, Effort effort, long nanos)
            throws Exception {
        // The first turn warms both up.
        int turns = 1 + 2 * effort.iterations;
        double[][] found = new double[2][turns];
        for (int i = 0; i < turns; i++) {
            for (int half = 0; half < 2; half++) {
                // Who comes first alternates.
                boolean on = (half + i) % 2 == 1;
                if (on) {
                    try (AutoCloseable watching = watch.begin()) {
                        found[1][i] = settled(with, load, nanos);
                    }
                } else {
                    found[0][i] = settled(without, load, nanos);
                }
            }
        }
        return new Turns(Arrays.copyOfRange(found[0], 1, turns), Arrays.copyOfRange(found[1], 1, turns));
    }

    /** Only once the compiler has got over whatever has just begun or ended to watch. */
    private static double settled(WeirDataSource pool, Load load, long nanos) throws Exception {
        load.run(pool, nanos / 2);
        return load.run(pool, nanos);
    }

    /** Turn by turn. */
    double[] each(DoubleBinaryOperator comparison) {
        double[] compared = new double[off.length];
        for (int i = 0; i < compared.length; i++) {
            compared[i] = comparison.applyAsDouble(off[i], on[i]);
        }
        return compared;
    }

    /** How much a rate is lower with it, in percent. */
    double[] percentLess() {
        return each((without, with) -> 100 * (without - with) / without);
    }
}
