package dev.weir.check;

import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Value;
import java.util.EnumMap;
import java.util.Map;

/** What whoever asks for a check knows beside. It goes over what is found. Not thread-safe. */
public final class Given {

    private final Map<Fact, Value> facts = new EnumMap<>(Fact.class);

    /**
     * Adds a fact.
     *
     * @param number milliseconds, bytes or a count
     * @param option where it was said, such as {@code --replicas}
     */
    public Given with(Fact fact, long number, String option) {
        facts.put(fact, Value.of(number, new Place("command line", 0, option)));
        return this;
    }

    /** Adds what a database server told of itself, where nothing else was said. */
    Given with(Subject server) {
        for (Fact fact : Fact.values()) {
            server.fact(fact).ifPresent(value -> facts.putIfAbsent(fact, value));
        }
        return this;
    }

    Map<Fact, Value> facts() {
        return facts;
    }
}
