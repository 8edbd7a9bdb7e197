package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.config.DashboardPlan;
import dev.weir.server.load.Lane;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pools of a run, of every kind, under one manager and one budget. */
interface Fleet {

    /**
     * A pool.
     *
     * @param lane its load
     * @param profile the profile it was made from, in small letters
     * @param look how it is
     */
    record Member(Lane lane, String profile, Supplier<PoolSnapshot> look) {
        PoolSnapshot snapshot() {
            return look.get();
        }
    }

    /** The pools: those of TPC-B in the order of the plan, then the others. */
    List<Member> members();

    /** Hears every event of every pool. */
    EventStream.Subscription listen(Consumer<PoolEvent> listener);

    /** Where it tells of its pools; {@code null}: nowhere. */
    @Nullable URI metrics();

    /** Serves the page about the pools until they are taken down; returns the link to it, with its token. */
    String serve(DashboardPlan page);

    /** Bytes of the budget that the pools hold. */
    long grantedBytes();

    /** Takes all pools down; what is in hand after the deadline is aborted. */
    ShutdownReport shutdown(Duration deadline);
}
