package dev.weir.metrics;

import dev.weir.event.LeakVerdict;
import dev.weir.event.PoolEvent;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * An event in words.
 *
 * @param level how much it matters
 * @param text without the pool's name, and without credentials
 */
record EventLine(Level level, String text) {

    private static final Map<Class<? extends PoolEvent>, Function<PoolEvent, EventLine>> LINES = Map.ofEntries(
            line(PoolEvent.Registered.class, e -> info("registered")),
            line(PoolEvent.Unregistered.class, e -> info("unregistered")),
            line(
                    PoolEvent.ConnectionOpened.class,
                    e -> debug("connection " + e.slot() + " opened in " + millis(e.took()))),
            line(
                    PoolEvent.ConnectFailed.class,
                    e -> warn("connecting failed, " + e.inARow() + " in a row: " + firstLine(e.cause()))),
            line(PoolEvent.ServerFull.class, e -> warn("the server takes no more connections; stays at " + e.size())),
            line(
                    PoolEvent.ConnectionClosed.class,
                    e -> debug("connection " + e.slot() + " closed at the age of " + millis(e.age()) + ": "
                            + lower(e.reason()))),
            line(PoolEvent.CloseFailed.class, e -> warn("closing connection " + e.slot() + " failed: " + e.why())),
            line(PoolEvent.Rejected.class, e -> warn("request turned away, " + e.waiting() + " waiting: " + e.why())),
            line(
                    PoolEvent.TimedOut.class,
                    e -> warn("no connection within " + millis(e.waited()) + ", " + e.waiting() + " waiting")),
            line(PoolEvent.Scaled.class, e -> debug("scaled from " + e.from() + " to " + e.to() + ": " + e.reason())),
            line(PoolEvent.LeakDetected.class, EventLine::leak),
            line(
                    PoolEvent.LeakReturned.class,
                    e -> info("connection " + e.slot() + ", reported as leaked, came back after " + millis(e.held()))),
            line(
                    PoolEvent.DeadlockDetected.class,
                    e -> new EventLine(
                            Level.ERROR,
                            "every holder waits for another connection: "
                                    + e.threads().size() + " threads")),
            line(
                    PoolEvent.EndpointSuspected.class,
                    e -> warn(
                            e.connections() + " connections to " + e.endpoint() + " are suspect and will be checked")),
            line(PoolEvent.Suspended.class, e -> info("suspended: new requests wait")),
            line(PoolEvent.Resumed.class, e -> info("resumed")),
            line(PoolEvent.SettingsChanged.class, e -> info("settings changed: " + String.join(", ", e.changes()))),
            line(PoolEvent.AlertRaised.class, e -> warn("alert " + e.rule() + ": " + e.message())),
            line(PoolEvent.AlertCleared.class, e -> info("alert " + e.rule() + " is over after " + millis(e.lasted()))),
            line(
                    PoolEvent.ShutdownPhase.class,
                    e -> info("shutdown: " + e.phase() + ", " + e.connectionsLeft() + " connections left")));

    /** The line of an event, or {@code null} where it is worth none. */
    static @Nullable EventLine of(PoolEvent event) {
        Function<PoolEvent, EventLine> line = LINES.get(event.getClass());
        return line == null ? null : line.apply(event);
    }

    private static <E extends PoolEvent> Map.Entry<Class<? extends PoolEvent>, Function<PoolEvent, EventLine>> line(
            Class<E> type, Function<E, EventLine> text) {
        return Map.entry(type, event -> text.apply(type.cast(event)));
    }

    private static EventLine leak(PoolEvent.LeakDetected leak) {
        String text = "connection " + leak.slot() + " held for " + millis(leak.held()) + " by " + leak.holder() + ": "
                + lower(leak.verdict()) + (leak.verdict() == LeakVerdict.SLOW ? "" : " leak")
                + (leak.stack().isEmpty() ? "" : "\n    at " + String.join("\n    at ", leak.stack()));
        return leak.verdict() == LeakVerdict.SLOW ? info(text) : warn(text);
    }

    private static EventLine debug(String text) {
        return new EventLine(Level.DEBUG, text);
    }

    private static EventLine info(String text) {
        return new EventLine(Level.INFO, text);
    }

    private static EventLine warn(String text) {
        return new EventLine(Level.WARN, text);
    }

    private static String millis(Duration duration) {
        return duration.toMillis() + " ms";
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String firstLine(Throwable failure) {
        return failure.getClass().getSimpleName() + ": "
                + String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
