package dev.weir.benchmarks.outage;

import java.util.Locale;

/** What goes wrong. Every fault ends; what a pool does afterwards is half of the question. */
public enum Fault {
    /** Every process of the server is killed; after a while it starts again. */
    KILLED(2_000, 500, false),
    /** Every process of the server is stopped by SIGSTOP and later goes on: connects succeed, nobody answers. */
    FROZEN(6_500, 2_000, false),
    /** The server is stopped and started by its operator. */
    RESTARTED(0, 0, false),
    /** All sessions are ended and the server gives this user two at most: SQLSTATE 53300 for the others. */
    FULL(2_500, 1_000, false),
    /** Every connection is reset, and new ones are accepted by a network that lets nothing through. */
    BLACK_HOLED(3_000, 1_500, true),
    /** Every connection is reset (RST); new ones work at once. */
    RESET(0, 0, true),
    /** While all connections rest, the network forgets them without a word; new ones work at once. */
    HALF_OPEN(0, 0, true),
    /** Every answer is late by 300 ms. */
    SLOW(2_000, 600, true);

    private final int millis;
    private final int quickMillis;
    private final boolean network;

    Fault(int millis, int quickMillis, boolean network) {
        this.millis = millis;
        this.quickMillis = quickMillis;
        this.network = network;
    }

    /** How long it lasts, in milliseconds; none: it is over as soon as it has happened. */
    public int millis(boolean quick) {
        return quick ? quickMillis : millis;
    }

    /** Whether the network fails rather than the server. */
    public boolean isOfTheNetwork() {
        return network;
    }

    /** As a person reads it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
