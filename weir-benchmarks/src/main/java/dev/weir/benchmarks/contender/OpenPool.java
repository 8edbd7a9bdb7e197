package dev.weir.benchmarks.contender;

import javax.sql.DataSource;

/**
 * A pool at work.
 *
 * @param dataSource where to borrow
 * @param end closes it
 */
public record OpenPool(DataSource dataSource, End end) implements AutoCloseable {

    /** How a pool is closed. */
    @FunctionalInterface
    public interface End {
        /** Closes it. */
        void run() throws Exception;
    }

    @Override
    public void close() {
        try {
            end.run();
        } catch (Exception failed) {
            throw new IllegalStateException("cannot close " + dataSource.getClass(), failed);
        }
    }
}
