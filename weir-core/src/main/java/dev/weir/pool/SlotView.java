package dev.weir.pool;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A slot at one moment. It is read while others move it, so that a view may mix two moments that lie close together.
 *
 * @param slot its number in its pool, from 0
 * @param state its state, never {@link SlotState#VACANT}
 * @param age how long its connection has been open; zero while it is being opened
 * @param inState how long it has been as it is, as far as the housekeeper has seen; never more than the true time
 * @param leases connections lent from this slot so far
 * @param bytes bytes of the memory budget granted to it
 * @param holder who holds it, where it is leased
 * @param doomed whether it is to be closed when it comes back
 * @param suspected whether its lease is reported as leaked
 */
public record SlotView(
        int slot,
        SlotState state,
        Duration age,
        Duration inState,
        long leases,
        long bytes,
        @Nullable String holder,
        boolean doomed,
        boolean suspected) {}
