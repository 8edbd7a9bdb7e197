package dev.weir.benchmarks.socketio;

import java.time.Duration;

/** How much load. */
enum Size {
    /** For tests: whether it runs at all. */
    SMOKE(1, 50, 3, 5, 300, 500, 5_000, 2, 50, 20, 100),
    /** Enough to see the order. */
    QUICK(1, 1_000, 10, 200, 3_000, 20_000, 20_000, 5, 1_000, 200, 2_000),
    /** Enough to tell by how much. */
    FULL(3, 10_000, 20, 200, 10_000, 100_000, 20_000, 10, 5_000, 1_000, 2_000);

    static final int FLOOD_PER_SECOND = 500;

    /** Processes started one after the other for each peer; they alternate between the peers. */
    final int forks;
    /** Connections of the rows idle and broadcast. */
    final int connections;
    /** Broadcasts. */
    final int rounds;
    /** Clients that echo. */
    final int echoers;
    /** How long to echo, and to connect. */
    final int millis;
    /** Events of 1 kB that slow readers do not take, and how many a second. */
    final int events;

    final int eventsPerSecond;
    /** Waves of connections, and how many in each. */
    final int waves;

    final int perWave;
    /** Clients that join and leave as many rooms. */
    final int roomers;
    /** What a server is given to notice that connections have gone. */
    final int settleMillis;

    Size(
            int forks,
            int connections,
            int rounds,
            int echoers,
            int millis,
            int events,
            int eventsPerSecond,
            int waves,
            int perWave,
            int roomers,
            int settleMillis) {
        this.forks = forks;
        this.connections = connections;
        this.rounds = rounds;
        this.echoers = echoers;
        this.millis = millis;
        this.events = events;
        this.eventsPerSecond = eventsPerSecond;
        this.waves = waves;
        this.perWave = perWave;
        this.roomers = roomers;
        this.settleMillis = settleMillis;
    }

    /** Connects of one address, spread over the time. */
    int flood() {
        return FLOOD_PER_SECOND * millis / 1_000;
    }

    /** After which a process is stuck and is ended. */
    Duration limit() {
        return Duration.ofMinutes(this == FULL ? 6 : 2);
    }
}
