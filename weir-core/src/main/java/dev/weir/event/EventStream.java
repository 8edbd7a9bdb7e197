package dev.weir.event;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Carries events from pools to whoever listens, in the publisher's thread and outside any lock.
 *
 * <p>Listeners must be quick and must not block. One that throws is counted in {@link #listenerFailures()} and the
 * others still hear the event. Thread-safe. At most {@value #MAX_LISTENERS} listeners.
 */
public final class EventStream {

    /** The most listeners a stream takes; more is a leak of listeners. */
    public static final int MAX_LISTENERS = 256;

    private final CopyOnWriteArrayList<Consumer<? super PoolEvent>> listeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<LeaseListener> leaseListeners = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<LeaseListener> everyLease = new CopyOnWriteArrayList<>();
    private final AtomicLong failures = new AtomicLong();

    /** A listener's place in a stream; closing it ends the subscription and may be done twice. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Adds a listener.
     *
     * @throws IllegalStateException if the stream has {@value #MAX_LISTENERS} listeners already
     */
    public Subscription subscribe(Consumer<? super PoolEvent> listener) {
        if (listeners.size() >= MAX_LISTENERS) {
            throw new IllegalStateException("an event stream takes at most " + MAX_LISTENERS
                    + " listeners; close subscriptions that are no longer needed");
        }
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Whether anybody listens; a publisher need not even build an event otherwise. */
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Tells every listener. Never throws for a listener's sake. */
    public void publish(PoolEvent event) {
        for (Consumer<? super PoolEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | StackOverflowError | AssertionError failure) {
                failures.incrementAndGet();
            }
        }
    }

    /**
     * Adds a listener that hears of single leases.
     *
     * @throws IllegalStateException if the stream has {@value #MAX_LISTENERS} of them already
     */
    public Subscription subscribeToLeases(LeaseListener listener) {
        if (leaseListeners.size() >= MAX_LISTENERS) {
            throw new IllegalStateException("an event stream takes at most " + MAX_LISTENERS
                    + " listeners to leases; close subscriptions that are no longer needed");
        }
        if (listener.wantsEveryLease()) {
            everyLease.add(listener);
        }
        leaseListeners.add(listener);
        return () -> {
            leaseListeners.remove(listener);
            everyLease.remove(listener);
        };
    }

    /** Whether anybody wants to hear of single leases; else nobody need read a clock for it. */
    public boolean hasLeaseListeners() {
        return !leaseListeners.isEmpty();
    }

    /** Whether anybody wants to hear of every single one. */
    public boolean wantsEveryLease() {
        return !everyLease.isEmpty();
    }

    /** Tells of a {@linkplain LeaseListener#waited wait}. Never throws for a listener's sake. */
    public void publishWaited(String pool, int slot, long nanos) {
        for (LeaseListener listener : leaseListeners) {
            try {
                listener.waited(pool, slot, nanos);
            } catch (RuntimeException | StackOverflowError | AssertionError failure) {
                failures.incrementAndGet();
            }
        }
    }

    /** Tells of a {@linkplain LeaseListener#leaseEnded lease that ended}. Never throws for a listener's sake. */
    public void publishLeaseEnded(String pool, int slot, long nanos) {
        for (LeaseListener listener : leaseListeners) {
            try {
                listener.leaseEnded(pool, slot, nanos);
            } catch (RuntimeException | StackOverflowError | AssertionError failure) {
                failures.incrementAndGet();
            }
        }
    }

    /** How often a listener has thrown. */
    public long listenerFailures() {
        return failures.get();
    }

    /** Removes every listener. */
    public void clear() {
        listeners.clear();
        leaseListeners.clear();
        everyLease.clear();
    }

    /** How many listeners there are, those to leases included. */
    public int listeners() {
        return listeners.size() + leaseListeners.size();
    }
}
