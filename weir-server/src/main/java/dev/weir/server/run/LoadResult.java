package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.tpcb.Failures;
import dev.weir.server.tpcb.Lane;
import java.util.List;

/**
 * What the users left behind.
 *
 * @param early whether the load ended before its stated time
 * @param nanos how long it lasted
 * @param lanes what became of the transactions, by pool
 * @param failures the kinds of errors
 * @param notices the pools' scalings
 * @param peakGrantedBytes the most of the budget that was seen in use
 * @param ending what the pools' shutdown left
 * @param snapshots of the pools after their end, in the order of the plan
 * @param usersLeft users that have not ended
 */
record LoadResult(
        boolean early,
        long nanos,
        List<Lane> lanes,
        Failures failures,
        Notices notices,
        long peakGrantedBytes,
        ShutdownReport ending,
        List<PoolSnapshot> snapshots,
        int usersLeft) {

    LoadResult {
        lanes = List.copyOf(lanes);
        snapshots = List.copyOf(snapshots);
    }

    Lane.Counts total() {
        return lanes.stream().map(Lane::counts).reduce(Lane.Counts.NONE, Lane.Counts::plus);
    }
}
