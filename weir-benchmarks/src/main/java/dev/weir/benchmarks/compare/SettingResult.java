package dev.weir.benchmarks.compare;

/**
 * A setting that was tried alone, on the service as it was before.
 *
 * @param id its name
 * @param text what it does
 * @param savesMb how much less the whole then held; below zero: more
 * @param p50Ms half of the transactions were done within this
 * @param p99Ms and 99 of a hundred within this
 * @param verdict {@code saves}, {@code costs}, or {@code saves nothing}
 * @param outcome all there is to say
 */
record SettingResult(
        String id, String text, double savesMb, double p50Ms, double p99Ms, String verdict, Outcome outcome) {

    /** Two trials of the same differ by this much. */
    private static final double NOISE = 0.02;

    static SettingResult of(String id, String text, Outcome before, Outcome alone) {
        double saves = before.totalMb() - alone.totalMb();
        return new SettingResult(
                id, text, saves, alone.p50Ms(), alone.p99Ms(), verdict(saves, before.totalMb()), alone);
    }

    /** @param ofMb what the service held as it was: a trial's own noise is a part of that */
    static String verdict(double savesMb, double ofMb) {
        double noise = NOISE * ofMb;
        return savesMb > noise ? "saves" : savesMb < -noise ? "costs" : "saves nothing";
    }
}
