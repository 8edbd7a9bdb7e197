package dev.weir.benchmarks.compare;

/** A kind of work: how much of it is offered, and by how many users at once. */
enum Lane {
    /** Database transactions. */
    DATABASE('D', 800, 72),
    REDIS('R', 500, 16),
    HTTP('H', 30, 12),
    /** A WebSocket event to every client, 4 kB. */
    ROUND('W', 1, 1),
    /** One of 200 kB. */
    LARGE_ROUND('L', 0.25, 1);

    /** WebSocket clients. */
    static final int CLIENTS = 200;

    /** Of them, those that send as much up as came down. */
    static final int SPEAKERS = 10;

    private final char code;
    private final double perSecond;
    private final int users;

    Lane(char code, double perSecond, int users) {
        this.code = code;
        this.perSecond = perSecond;
        this.users = users;
    }

    /** What it is called in a frame. */
    byte code() {
        return (byte) code;
    }

    static Lane of(byte code) {
        for (Lane lane : values()) {
            if (lane.code() == code) {
                return lane;
            }
        }
        throw new IllegalArgumentException("no lane has the code " + code);
    }

    double perSecond() {
        return perSecond;
    }

    /** Users, each of whom does one thing at a time. */
    int users() {
        return users;
    }

    boolean isRound() {
        return this == ROUND || this == LARGE_ROUND;
    }

    /** Letters in the event of a round. */
    int eventBytes() {
        return this == LARGE_ROUND ? 200_000 : 4_000;
    }
}
