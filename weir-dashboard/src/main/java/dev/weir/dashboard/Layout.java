package dev.weir.dashboard;

/**
 * How finely a history is kept. All of them reach back a day; with many pools each is kept more coarsely, so that all of
 * them together stay within their bytes.
 */
enum Layout {
    /** Five minutes by the second, a day by the minute. */
    FULL(300, 60, 1440),
    /** Three minutes by the second, a day by five minutes. */
    HALF(180, 300, 288),
    /** Two minutes by the second, a day by a quarter of an hour. */
    SMALL(120, 900, 96),
    /** One minute by the second, a day by half an hour. */
    TINY(60, 1800, 48);

    final int seconds;
    final int coarseStep;
    final int coarseSteps;

    Layout(int seconds, int coarseStep, int coarseSteps) {
        this.seconds = seconds;
        this.coarseStep = coarseStep;
        this.coarseSteps = coarseSteps;
    }

    /** Bytes of so many series kept so. */
    long bytes(int series) {
        return Ring.bytes(series, seconds) + Ring.bytes(series, coarseSteps) + Track.OVERHEAD + 16L * series;
    }
}
