package dev.weir.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a load did without something and with it, by turns. Each turn is compared with the one beside it, so that what drifts on
 * the machine over seconds falls out, and who comes first alternates, so that what drifts within a pair does too.
 *
 * <p>The load never stops. A turn is {@linkplain Pace#turn as long as the period} of what is watched with: it holds exactly one scrape,
 * one update of the page, one flush of the recording, wherever they lie in it. What it takes to begin and to end to watch is in no turn.
 *
 * @param off without it
 * @param on with it
 */
record Turns(List<Reading.Turn> off, List<Reading.Turn> on) {

    /** Brings about whatever is to be measured, until it is closed. */
    @FunctionalInterface
    interface Watch {
        AutoCloseable begin() throws Exception;
    }

    /**
     * How turns are taken.
     *
     * @param warmup for so long, in milliseconds, the load runs first, watched for half of it, so that the compilers settle on code that
     *     serves both sides; and as long again once JVM and server are {@linkplain Placement kept apart}
     * @param pairs that are compared; an even number
     * @param turn how long a turn is, in milliseconds
     * @param rest in milliseconds, between what begins or ends and the turn after it
     */
    record Pace(int warmup, int pairs, int turn, int rest) {}

    /** Takes turns: without, with, with, without, and again; what is watched with begins once for every two pairs. */
    static Turns take(SteadyLoad load, Sessions sessions, Watch watch, Pace pace) throws Exception {
        warmUp(watch, pace.warmup);
        if (Placement.apart(sessions)) {
            warmUp(watch, pace.warmup);
        }
        Turns turns = new Turns(new ArrayList<>(), new ArrayList<>());
        for (int pair = 0; pair < pace.pairs; pair += 2) {
            turns.off.add(turn(load, sessions, pace.turn));
            watched(watch, () -> {
                pause(pace.rest);
                turns.on.add(turn(load, sessions, pace.turn));
                turns.on.add(turn(load, sessions, pace.turn));
            });
            pause(pace.rest);
            turns.off.add(turn(load, sessions, pace.turn));
        }
        return turns;
    }

    private static void warmUp(Watch watch, int millis) throws Exception {
        pause(millis / 4);
        watched(watch, () -> pause(millis / 2));
        pause(millis / 4);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws InterruptedException;
    }

    @SuppressWarnings("try") // what watches is only there to watch
    private static void watched(Watch watch, Step step) throws Exception {
        try (AutoCloseable watching = watch.begin()) {
            step.run();
        }
    }

    private static Reading.Turn turn(SteadyLoad load, Sessions sessions, int millis) throws InterruptedException {
        Reading before = Reading.of(load, sessions);
        Reading after;
        do {
            // On a machine that is busy with other things a short turn may be over before anything was done.
            pause(millis);
            after = Reading.of(load, sessions);
        } while (after.done() == before.done());
        return after.since(before);
    }

    private static void pause(int millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    double[] off(ToDoubleFunction<Reading.Turn> figure) {
        return off.stream().mapToDouble(figure).toArray();
    }

    double[] on(ToDoubleFunction<Reading.Turn> figure) {
        return on.stream().mapToDouble(figure).toArray();
    }

    /** How much more it is with it, in the figure's unit. */
    SignedRank more(ToDoubleFunction<Reading.Turn> figure) {
        double[] differences = new double[off.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = figure.applyAsDouble(on.get(i)) - figure.applyAsDouble(off.get(i));
        }
        return SignedRank.of(differences);
    }

    /** How much more it is with it, in percent: of ratios, whose logarithms are as often above as below. */
    SignedRank percentMore(ToDoubleFunction<Reading.Turn> figure) {
        double[] ratios = new double[off.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = Math.log(figure.applyAsDouble(on.get(i)) / figure.applyAsDouble(off.get(i)));
        }
        return SignedRank.of(ratios).on(ratio -> 100 * Math.expm1(ratio));
    }

    /** How much less it is with it, in percent. */
    SignedRank percentLess(ToDoubleFunction<Reading.Turn> figure) {
        return percentMore(figure).on(percent -> -percent);
    }
}
