package dev.weir.dashboard;

import dev.weir.ConnectionPoolManager;
import dev.weir.event.PoolEvent;
import dev.weir.monitor.Alert;
import dev.weir.monitor.PoolHistories;
import dev.weir.pool.ManagedPool;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What has happened over all pools, as the manager's histories keep it, newest first. Times are in milliseconds since 1970. */
record Events(ConnectionPoolManager manager, Clock clock) {

    /** The most of a kind that are told at once; the histories keep at most 50 a pool. */
    static final int MOST = 1_000;

    /**
     * A lease reported as leaked that has not come back.
     *
     * @param verdict certain or likely
     * @param since when it was borrowed, at the latest
     * @param at when it was reported
     * @param stack where it was borrowed, or what its borrower does; empty where nobody knows
     */
    record Leak(String pool, int slot, String verdict, long since, long at, String holder, List<String> stack) {}

    /**
     * An alert.
     *
     * @param at when it was raised, or cleared
     * @param open whether it is open still
     * @param cleared whether this tells of its end
     * @param lastedMs how long it lasted, where it is over
     */
    record AlertRow(
            String pool,
            String rule,
            long at,
            boolean open,
            boolean cleared,
            @Nullable Long lastedMs,
            @Nullable String message) {}

    /** Alerts: those that are open, and what was raised and cleared before. */
    record Alerts(List<AlertRow> open, List<AlertRow> past) {}

    /** A decision about a pool's size, with the figures it was taken on as its reason. */
    record Scaling(String pool, long at, int from, int to, String reason) {}

    List<Leak> leaks() {
        List<Leak> leaks = new ArrayList<>();
        each((pool, histories) -> {
            for (PoolEvent.LeakDetected leak : histories.leaks().snapshot()) {
                long at = clock.millis(leak.nanos());
                leaks.add(new Leak(
                        leak.pool(),
                        leak.slot(),
                        leak.verdict().name().toLowerCase(Locale.ROOT),
                        at - leak.held().toMillis(),
                        at,
                        leak.holder(),
                        leak.stack()));
            }
        });
        return newest(leaks, Comparator.comparingLong(Leak::at));
    }

    Alerts alerts() {
        List<AlertRow> open = new ArrayList<>();
        List<AlertRow> past = new ArrayList<>();
        each((pool, histories) -> {
            for (Alert alert : histories.openAlerts()) {
                open.add(new AlertRow(
                        alert.pool(),
                        alert.rule(),
                        clock.millis(alert.sinceNanos()),
                        true,
                        false,
                        null,
                        alert.message()));
            }
            for (PoolEvent event : histories.alertEvents().snapshot()) {
                if (event instanceof PoolEvent.AlertRaised raised) {
                    past.add(new AlertRow(
                            raised.pool(),
                            raised.rule(),
                            clock.millis(raised.nanos()),
                            false,
                            false,
                            null,
                            raised.message()));
                } else if (event instanceof PoolEvent.AlertCleared cleared) {
                    past.add(new AlertRow(
                            cleared.pool(),
                            cleared.rule(),
                            clock.millis(cleared.nanos()),
                            false,
                            true,
                            cleared.lasted().toMillis(),
                            null));
                }
            }
        });
        Comparator<AlertRow> byTime = Comparator.comparingLong(AlertRow::at);
        return new Alerts(newest(open, byTime), newest(past, byTime));
    }

    List<Scaling> scalings() {
        List<Scaling> scalings = new ArrayList<>();
        each((pool, histories) -> {
            for (PoolEvent.Scaled scaled : histories.scalings().snapshot()) {
                scalings.add(new Scaling(
                        scaled.pool(), clock.millis(scaled.nanos()), scaled.from(), scaled.to(), scaled.reason()));
            }
        });
        return newest(scalings, Comparator.comparingLong(Scaling::at));
    }

    private void each(BiConsumer<ManagedPool, PoolHistories> look) {
        for (ManagedPool pool : manager.pools()) {
            manager.histories(pool.name()).ifPresent(histories -> look.accept(pool, histories));
        }
    }

    private static <E> List<E> newest(List<E> all, Comparator<E> byTime) {
        all.sort(byTime.reversed());
        return List.copyOf(all.subList(0, Math.min(MOST, all.size())));
    }
}
