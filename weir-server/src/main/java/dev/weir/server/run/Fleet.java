package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.event.EventStream;
import dev.weir.event.PoolEvent;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.config.PoolPlan;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The pools of a run, under one manager and one budget. */
interface Fleet {

    /** A pool and the source that lends its connections. */
    interface Member {
        /** What it was made from. */
        PoolPlan plan();

        /** Where users get connections. */
        DataSource source();

        /** How it is. */
        PoolSnapshot snapshot();
    }

    /** The pools, in the order of the plan. */
    List<Member> members();

    /** Hears every event of every pool. */
    EventStream.Subscription listen(Consumer<PoolEvent> listener);

    /** Bytes of the budget that the pools hold. */
    long grantedBytes();

    /** Takes all pools down; what is in hand after the deadline is aborted. */
    ShutdownReport shutdown(Duration deadline);
}
