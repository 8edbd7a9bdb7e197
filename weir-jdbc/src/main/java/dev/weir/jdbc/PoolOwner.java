package dev.weir.jdbc;

import java.time.Duration;

/** Who ends the pool of a data source: the data source itself, or the manager it joined. */
@FunctionalInterface
interface PoolOwner {

    /**
     * Ends the pool. May be called again.
     *
     * @param drain how long leased connections may take to come back before they are aborted
     */
    void close(Duration drain);
}
