package dev.weir.metrics.jfr;

import dev.weir.event.EventStream;
import dev.weir.event.LeaseListener;
import dev.weir.event.PoolEvent;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes an event of the JDK's Flight Recorder for every step of a connection's life: {@code dev.weir.Grant}, {@code Connect},
 * {@code Wait}, {@code Lease}, {@code Check}, {@code Retire}, {@code Close} and more; {@code docs/metrics.md} lists them. While
 * nothing is recorded it does next to nothing, and borrowers that find an idle connection do nothing at all.
 *
 * <p>By default a lease is recorded where it is the first of its connection after a pass of the housekeeper, at most four a
 * second of a connection, and a wait from {@value Minimum#DEFAULT} on: set {@code dev.weir.Wait#minimum} for another bound.
 * Thread-safe.
 */
public final class FlightEvents implements LeaseListener, AutoCloseable {

    private static final Map<Class<? extends PoolEvent>, Function<PoolEvent, Event>> EVENTS = Map.ofEntries(
            made(PoolEvent.Granted.class, GrantEvent::new),
            made(PoolEvent.ConnectionOpened.class, ConnectEvent::new),
            made(PoolEvent.ConnectFailed.class, ConnectFailureEvent::new),
            made(PoolEvent.ServerFull.class, ServerFullEvent::new),
            made(PoolEvent.ConnectionChecked.class, CheckEvent::new),
            made(PoolEvent.ConnectionBloated.class, BloatEvent::new),
            made(PoolEvent.ConnectionRetired.class, RetireEvent::new),
            made(PoolEvent.ConnectionClosed.class, CloseEvent::new),
            made(PoolEvent.CloseFailed.class, CloseFailureEvent::new),
            made(PoolEvent.Rejected.class, RejectionEvent::new),
            made(PoolEvent.TimedOut.class, TimeoutEvent::new),
            made(PoolEvent.Scaled.class, ScaleEvent::new),
            made(PoolEvent.LeakDetected.class, LeakEvent::new),
            made(PoolEvent.LeakReturned.class, LeakReturnEvent::new),
            made(PoolEvent.DeadlockDetected.class, DeadlockEvent::new),
            made(PoolEvent.EndpointSuspected.class, EndpointSuspicionEvent::new),
            made(PoolEvent.AlertRaised.class, AlertEvent::new),
            made(PoolEvent.AlertCleared.class, AlertOverEvent::new),
            made(PoolEvent.SettingsChanged.class, SettingsEvent::new),
            made(PoolEvent.ShutdownPhase.class, ShutdownEvent::new));

    private final boolean everyLease;
    private EventStream.@Nullable Subscription events;
    private EventStream.@Nullable Subscription leases;

    private FlightEvents(boolean everyLease) {
        this.everyLease = everyLease;
    }

    /** Writes what happens on a stream, and a sample of its leases. */
    public static FlightEvents of(EventStream stream) {
        return new FlightEvents(false).on(stream);
    }

    /** Writes what happens on a stream, and every lease, which costs each of them some 60 ns besides the recording. */
    public static FlightEvents withEveryLease(EventStream stream) {
        return new FlightEvents(true).on(stream);
    }

    private FlightEvents on(EventStream stream) {
        events = stream.subscribe(FlightEvents::hear);
        leases = stream.subscribeToLeases(this);
        return this;
    }

    private static <E extends PoolEvent> Map.Entry<Class<? extends PoolEvent>, Function<PoolEvent, Event>> made(
            Class<E> type, Function<E, Event> event) {
        return Map.entry(type, happened -> event.apply(type.cast(happened)));
    }

    private static void hear(PoolEvent happened) {
        if (!FlightRecorder.isInitialized()) {
            return;
        }
        Function<PoolEvent, Event> event = EVENTS.get(happened.getClass());
        if (event != null) {
            event.apply(happened).commit();
        }
    }

    @Override
    public void waited(String pool, int slot, long nanos) {
        if (FlightRecorder.isInitialized()) {
            WaitEvent event = new WaitEvent(pool, slot, nanos);
            // Most waits are shorter than what is recorded, and commit reads the clock before it looks.
            if (event.shouldCommit()) {
                event.commit();
            }
        }
    }

    @Override
    public void leaseEnded(String pool, int slot, long nanos) {
        if (FlightRecorder.isInitialized()) {
            new LeaseEvent(pool, slot, nanos).commit();
        }
    }

    @Override
    public boolean wantsEveryLease() {
        return everyLease;
    }

    /** A failure in a line. */
    static String describe(Throwable failure) {
        return failure.getClass().getName() + ": "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Writes no more. */
    @Override
    public void close() {
        if (events != null) {
            events.close();
        }
        if (leases != null) {
            leases.close();
        }
    }
}
