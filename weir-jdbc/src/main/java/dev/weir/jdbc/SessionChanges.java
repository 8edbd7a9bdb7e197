package dev.weir.jdbc;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the statements of a lease left behind, with the names that are needed to undo it. Immutable.
 *
 * <p>At most {@value #MAX_NAMES} names of a kind are remembered; more count as {@link SessionEffect#UNKNOWN}.
 */
final class SessionChanges {

    static final int MAX_NAMES = 64;
    static final SessionChanges NONE = new SessionChanges(new EnumMap<>(SessionEffect.class));
    static final SessionChanges TRANSACTION = of(SessionEffect.TRANSACTION);
    static final SessionChanges UNKNOWN = of(SessionEffect.UNKNOWN);

    private final Map<SessionEffect, Set<String>> names;

    private SessionChanges(Map<SessionEffect, Set<String>> names) {
        this.names = Collections.unmodifiableMap(names);
    }

    static SessionChanges of(SessionEffect effect, String... named) {
        EnumMap<SessionEffect, Set<String>> names = new EnumMap<>(SessionEffect.class);
        names.put(effect, Set.of(named));
        return new SessionChanges(names);
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    boolean has(SessionEffect effect) {
        return names.containsKey(effect);
    }

    /** The names that came with the effect, in a stable order. */
    Set<String> names(SessionEffect effect) {
        return names.getOrDefault(effect, Set.of());
    }

    /** Whether anything is left once the transaction is rolled back. */
    boolean outlivesTransaction() {
        return names.size() > (has(SessionEffect.TRANSACTION) ? 1 : 0);
    }

    SessionChanges withoutTransaction() {
        if (!has(SessionEffect.TRANSACTION)) {
            return this;
        }
        EnumMap<SessionEffect, Set<String>> rest = new EnumMap<>(names);
        rest.remove(SessionEffect.TRANSACTION);
        return new SessionChanges(rest);
    }

    SessionChanges and(SessionChanges more) {
        if (covers(more)) {
            return this;
        }
        EnumMap<SessionEffect, Set<String>> both = new EnumMap<>(SessionEffect.class);
        both.putAll(names);
        for (Map.Entry<SessionEffect, Set<String>> added : more.names.entrySet()) {
            Set<String> union = new TreeSet<>(added.getValue());
            union.addAll(names(added.getKey()));
            if (union.size() > MAX_NAMES) {
                both.put(SessionEffect.UNKNOWN, Set.of());
            } else {
                both.put(added.getKey(), Collections.unmodifiableSet(union));
            }
        }
        return new SessionChanges(both);
    }

    private boolean covers(SessionChanges more) {
        return more.names.entrySet().stream()
                .allMatch(added -> has(added.getKey()) && names(added.getKey()).containsAll(added.getValue()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionChanges changes && names.equals(changes.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
