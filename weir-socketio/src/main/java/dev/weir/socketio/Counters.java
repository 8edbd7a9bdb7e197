package dev.weir.socketio;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What a server counts; safe for all threads. */
final class Counters {

    private final Map<CloseCause, LongAdder> closes = new EnumMap<>(CloseCause.class);
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
    final LongAdder opened = new LongAdder();
    final LongAdder closed = new LongAdder();
    final LongAdder packetsIn = new LongAdder();
    final LongAdder bytesIn = new LongAdder();
    final LongAdder packetsOut = new LongAdder();
    final LongAdder bytesOut = new LongAdder();
    final LongAdder dropped = new LongAdder();
    final LongAdder replaced = new LongAdder();
    final LongAdder volatileDropped = new LongAdder();
    final LongAdder unpaid = new LongAdder();
    final LongAdder handlerFailures = new LongAdder();
    final LongAdder ackTimeouts = new LongAdder();
    final LongAdder middlewareTimeouts = new LongAdder();
    final LongAdder recovered = new LongAdder();

    Counters() {
        for (CloseCause cause : CloseCause.values()) {
            closes.put(cause, new LongAdder());
        }
        for (Refusal refusal : Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
    }

    void closed(CloseCause cause) {
        closed.increment();
        LongAdder adder = closes.get(cause);
        if (adder != null) {
            adder.increment();
        }
    }

    void refused(Refusal refusal) {
        LongAdder adder = refusals.get(refusal);
        if (adder != null) {
            adder.increment();
        }
    }

    Map<CloseCause, Long> closes() {
        Map<CloseCause, Long> counts = new EnumMap<>(CloseCause.class);
        closes.forEach((cause, adder) -> counts.put(cause, adder.sum()));
        return counts;
    }

    Map<Refusal, Long> refusals() {
        Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
        refusals.forEach((refusal, adder) -> counts.put(refusal, adder.sum()));
        return counts;
    }
}
