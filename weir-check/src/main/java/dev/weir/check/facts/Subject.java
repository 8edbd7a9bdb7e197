package dev.weir.check.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a service: its pools, what surrounds them, what was odd while reading, and what could not be seen. Not
 * thread-safe.
 */
public final class Subject {

    private final String name;
    private final List<Pool> pools = new ArrayList<>();
    private final Map<Fact, Value> facts = new EnumMap<>(Fact.class);
    private final List<Oddity> oddities = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /** A service of which nothing is known yet; the name says where the facts come from. */
    public Subject(String name) {
        this.name = name;
    }

    /** Where the facts come from. */
    public String name() {
        return name;
    }

    /** Adds a pool. */
    public void add(Pool pool) {
        pools.add(pool);
    }

    /** Adds a fact; a later one goes over an earlier one. */
    public void add(Fact fact, Value value) {
        facts.put(fact, value);
    }

    /** Adds something odd. */
    public void add(Oddity oddity) {
        oddities.add(oddity);
    }

    /** Adds a sentence on what could not be seen. */
    public void remark(String remark) {
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    /** The pools. */
    public List<Pool> pools() {
        return Collections.unmodifiableList(pools);
    }

    /** A fact; empty when it is not known. */
    public Optional<Value> fact(Fact fact) {
        return Optional.ofNullable(facts.get(fact));
    }

    /** What was odd. */
    public List<Oddity> oddities() {
        return Collections.unmodifiableList(oddities);
    }

    /** What could not be seen. */
    public List<String> remarks() {
        return Collections.unmodifiableList(remarks);
    }
}
