package dev.weir.server.screen;

import dev.weir.event.PoolEvent;
import dev.weir.event.PoolEvent.AlertCleared;
import dev.weir.event.PoolEvent.AlertRaised;
import dev.weir.event.PoolEvent.CloseFailed;
import dev.weir.event.PoolEvent.ConnectFailed;
import dev.weir.event.PoolEvent.DeadlockDetected;
import dev.weir.event.PoolEvent.EndpointSuspected;
import dev.weir.event.PoolEvent.LeakDetected;
import dev.weir.event.PoolEvent.Scaled;
import dev.weir.event.PoolEvent.ServerFull;
import dev.weir.event.PoolEvent.SettingsChanged;
import dev.weir.server.config.HumanDuration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Events in a line, those that a person should see. */
public final class EventText {

    private EventText() {}

    /** The line, or {@code null} for an event that only counts. */
    public static @Nullable String describe(PoolEvent event) {
        if (event instanceof Scaled scaled) {
            return scaled.pool() + ": scaled from " + scaled.from() + " to " + scaled.to() + ": " + scaled.reason();
        }
        if (event instanceof AlertRaised alert) {
            return alert.pool() + ": alert " + alert.rule() + ": " + alert.message();
        }
        if (event instanceof AlertCleared alert) {
            return alert.pool() + ": alert " + alert.rule() + " is over after " + HumanDuration.format(alert.lasted());
        }
        if (event instanceof LeakDetected leak) {
            return leak.pool() + ": leak (" + leak.verdict().name().toLowerCase(Locale.ROOT) + ") of slot "
                    + leak.slot() + ", held for " + HumanDuration.format(leak.held()) + " by " + leak.holder();
        }
        if (event instanceof ConnectFailed failed) {
            return failed.pool() + ": connecting failed (" + failed.inARow() + " in a row): "
                    + firstLine(failed.cause());
        }
        if (event instanceof ServerFull full) {
            return full.pool() + ": the server takes no more connections; stays at " + full.size();
        }
        if (event instanceof DeadlockDetected deadlock) {
            return deadlock.pool() + ": every holder waits for another connection: "
                    + String.join(", ", deadlock.threads());
        }
        if (event instanceof EndpointSuspected suspected) {
            return suspected.pool() + ": " + suspected.connections() + " connections to " + suspected.endpoint()
                    + " are suspect and will be checked";
        }
        if (event instanceof CloseFailed failed) {
            return failed.pool() + ": closing slot " + failed.slot() + " failed: " + failed.why();
        }
        if (event instanceof SettingsChanged changed) {
            return changed.pool() + ": settings changed: " + String.join(", ", changed.changes());
        }
        return null;
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
    }
}
