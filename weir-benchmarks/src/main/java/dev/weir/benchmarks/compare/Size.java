package dev.weir.benchmarks.compare;

/** How long a trial takes. */
enum Size {
    /** For tests: whether it runs at all. */
    SMOKE(1, 300, 1_500, 0),
    /** Enough to see the megabytes. */
    QUICK(11, 1_000, 6_000, 0),
    /** Enough for the tail. */
    FULL(11, 3_000, 40_000, 6_000);

    private final int warmRounds;
    private final int rampMillis;
    private final int millis;
    private final int settingMillis;

    Size(int warmRounds, int rampMillis, int millis, int settingMillis) {
        this.warmRounds = warmRounds;
        this.rampMillis = rampMillis;
        this.millis = millis;
        this.settingMillis = settingMillis;
    }

    /**
     * How often each connection runs each statement before the load. From the fifth on the driver prepares it on the server, and
     * after five more there PostgreSQL settles on a plan that it keeps.
     */
    int warmRounds() {
        return warmRounds;
    }

    int rampMillis() {
        return rampMillis;
    }

    int millis() {
        return millis;
    }

    /** Load for each setting that is tried alone, and for each step; 0: none is. */
    int settingMillis() {
        return settingMillis;
    }
}
