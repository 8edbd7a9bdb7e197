package dev.weir.benchmarks.tenants;

/**
 * What a run of {@link TenantsLoad} found.
 *
 * @param tenants pools
 * @param connectionsLimit connections that the budget has room for
 * @param seconds that the load lasted
 * @param requests served
 * @param timedOut requests that waited for their whole timeout
 * @param tenantsServed tenants of which a request was served
 * @param tenantsStarved tenants that asked, and of which none was
 * @param longestWaitMs the longest wait of a request, in milliseconds
 * @param lentTwice how often a connection was lent while somebody had it
 * @param opened connections opened
 * @param samples how often the limits were looked at
 * @param samplesOverLimit how often more was granted, or open, than the limit
 * @param mostConnections the most connections that were seen open at once
 * @param bytesPerDormantPool heap that one pool retains before its first use
 * @param bytesPerRestingPool heap that one pool retains after it was used and all its connections went
 * @param threadsAdded threads that opening all the pools started
 * @param connectionsLeft after the shutdown
 * @param bytesLeft granted after the shutdown
 */
record TenantsResult(
        int tenants,
        int connectionsLimit,
        double seconds,
        long requests,
        long timedOut,
        int tenantsServed,
        int tenantsStarved,
        double longestWaitMs,
        int lentTwice,
        int opened,
        long samples,
        long samplesOverLimit,
        int mostConnections,
        long bytesPerDormantPool,
        long bytesPerRestingPool,
        int threadsAdded,
        int connectionsLeft,
        long bytesLeft) {

    /** Whether every limit held, nobody starved and nothing is left. */
    boolean holds() {
        return timedOut == 0
                && lentTwice == 0
                && tenantsStarved == 0
                && samplesOverLimit == 0
                && connectionsLeft == 0
                && bytesLeft == 0;
    }
}
