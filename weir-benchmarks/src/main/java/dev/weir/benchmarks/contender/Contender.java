package dev.weir.benchmarks.contender;

import java.util.List;

/** A pool that takes part. */
public interface Contender {

    /** Opens a pool; the caller closes it. */
    OpenPool open(PoolSpec spec) throws Exception;

    /** A class of each jar that the pool needs at run time, its own first; logging facades count, loggers do not. */
    List<Class<?>> jars();
}
