package dev.weir.server.run;

import dev.weir.ShutdownReport;
import dev.weir.pool.PoolSnapshot;
import dev.weir.server.load.Lane;
import dev.weir.server.load.PoolKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the users left behind.
 *
 * @param early whether the load ended before its stated time
 * @param nanos how long it lasted
 * @param pools what became of each pool
 * @param notices the pools' scalings
 * @param peakGrantedBytes the most of the budget that was seen in use
 * @param ending what the pools' shutdown left
 * @param usersLeft users that have not ended
 */
record LoadResult(
        boolean early,
        long nanos,
        List<PoolEnd> pools,
        Notices notices,
        long peakGrantedBytes,
        ShutdownReport ending,
        int usersLeft) {

    LoadResult {
        pools = List.copyOf(pools);
    }

    /**
     * A pool after its end.
     *
     * @param lane what became of its users' operations
     * @param profile what it was made from
     * @param snapshot of the pool itself
     */
    record PoolEnd(Lane lane, String profile, PoolSnapshot snapshot) {
        static PoolEnd of(Fleet.Member member) {
            return new PoolEnd(member.lane(), member.profile(), member.snapshot());
        }
    }

    /** The lanes that TPC-B's transactions were sent through. */
    Stream<Lane> tpcbLanes() {
        return pools.stream().map(PoolEnd::lane).filter(lane -> lane.kind() == PoolKind.JDBC);
    }

    /** What became of TPC-B's transactions. */
    Lane.Counts tpcb() {
        return tpcbLanes().map(Lane::counts).reduce(Lane.Counts.NONE, Lane.Counts::plus);
    }

    /** The kinds of their errors: those of all its pools together. */
    Map<String, Long> tpcbErrorKinds() {
        return tpcbLanes().findFirst().map(lane -> lane.failures().kinds()).orElse(Map.of());
    }
}
