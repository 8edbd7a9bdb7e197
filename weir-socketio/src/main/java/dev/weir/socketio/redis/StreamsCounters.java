package dev.weir.socketio.redis;

import java.util.concurrent.atomic.LongAdder;

/** What is counted. */
final class StreamsCounters {
    final LongAdder written = new LongAdder();
    final LongAdder read = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder tooLarge = new LongAdder();
    final LongAdder malformed = new LongAdder();
    final LongAdder outages = new LongAdder();
}
