package dev.weir.dashboard;

import dev.weir.pool.ManagedPool;
import dev.weir.pool.Pool;
import dev.weir.pool.SlotView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A slot that holds a connection or opens one. Times are in milliseconds.
 *
 * @param engine the engine's pool it belongs to: the pool's own name, or the route of an HTTP pool
 * @param slot its number there
 * @param state opening, idle, leased, returning, checking or closing
 * @param ageMs how long its connection has been open
 * @param inStateMs how long it has been as it is, at least
 * @param leases how often it has been lent
 * @param bytes bytes of the memory budget granted to it
 * @param holder who holds it, where it is leased
 * @param doomed whether it is to be closed when it comes back
 * @param suspected whether its lease is reported as leaked
 */
record SlotRow(
        String engine,
        int slot,
        String state,
        double ageMs,
        double inStateMs,
        long leases,
        long bytes,
        @Nullable String holder,
        boolean doomed,
        boolean suspected) {

    /** The most slots that are told of a pool. */
    static final int MOST = 2_000;

    /** The slots of a pool, all its engines together, at most {@value #MOST}. */
    static List<SlotRow> of(ManagedPool pool) {
        List<SlotRow> rows = new ArrayList<>();
        for (Pool<?> engine : pool.engines()) {
            for (SlotView view : engine.slotViews()) {
                if (rows.size() == MOST) {
                    return rows;
                }
                rows.add(of(engine.name(), view));
            }
        }
        return rows;
    }

    private static SlotRow of(String engine, SlotView view) {
        return new SlotRow(
                engine,
                view.slot(),
                view.state().name().toLowerCase(Locale.ROOT),
                PoolRow.millis(view.age()),
                PoolRow.millis(view.inState()),
                view.leases(),
                view.bytes(),
                view.holder(),
                view.doomed(),
                view.suspected());
    }
}
