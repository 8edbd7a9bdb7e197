package dev.weir.benchmarks.contender;

import java.util.List;

/** A pool that takes part. */
public interface Contender {

    /** Opens a pool; the caller closes it. */
    OpenPool open(PoolSpec spec) throws Exception;

    /** Whether it can be told to replace connections of an age. */
    default boolean hasLifetime() {
        return true;
    }

    /** A class of each jar that the pool needs at run time, its own first; logging facades count, loggers do not. */
    List<Class<?>> jars();
}
