package dev.weir.monitor;

/**
 * A pool's figures at one moment and since the sample before: what histories keep and {@link AlertRule}s judge. Flat
 * and small, unlike a {@link dev.weir.pool.PoolSnapshot}.
 *
 * @param nanos when, on the pool's ticker
 * @param sinceNanos how much time it covers; zero for the first sample
 * @param min the fewest connections the pool keeps
 * @param max the most it may have
 * @param target the size it allows itself now
 * @param opening connections being opened
 * @param idle connections free to be lent
 * @param leased connections lent
 * @param waiting requests in the queue
 * @param maxWaiters requests the queue holds at most
 * @param oldestWaitNanos how long the first of them has waited
 * @param leases connections lent since the sample before
 * @param rejected requests turned away since then
 * @param timedOut requests that waited their whole timeout since then
 * @param opened connections opened since then
 * @param connectFailures attempts to connect that failed since then
 * @param connectFailuresInARow failures since the last success
 * @param certainLeaks leases certainly lost and neither returned nor forgotten
 * @param p50WaitNanos the wait half of the requests since then did not exceed
 * @param p99WaitNanos the wait 99 % of them did not exceed
 * @param acquireTimeoutNanos how long a request may wait
 * @param grantedBytes bytes of the memory budget that the pool holds
 * @param budgetUsed the share of the whole budget that is granted to all pools, 0 to 1; 0 without a limit
 * @param weighedBytes what the connections hold, here and on their servers, by those that were weighed; 0 where none was
 * @param growingFor minutes in a row in which that, or without it the grants, grew
 * @param historyDropped scaling decisions and alerts that fell out of their histories since the sample before, and one more while that of leaks
 *     is full
 * @param serving whether the pool takes requests: neither suspended nor shut down
 */
public record PoolSample(
        long nanos,
        long sinceNanos,
        int min,
        int max,
        int target,
        int opening,
        int idle,
        int leased,
        int waiting,
        int maxWaiters,
        long oldestWaitNanos,
        long leases,
        long rejected,
        long timedOut,
        long opened,
        long connectFailures,
        long connectFailuresInARow,
        int certainLeaks,
        long p50WaitNanos,
        long p99WaitNanos,
        long acquireTimeoutNanos,
        long grantedBytes,
        double budgetUsed,
        long weighedBytes,
        int growingFor,
        long historyDropped,
        boolean serving) {

    /** Leases a second since the sample before; zero for the first sample. */
    public double leasesPerSecond() {
        return sinceNanos <= 0 ? 0 : leases * 1e9 / sinceNanos;
    }
}
