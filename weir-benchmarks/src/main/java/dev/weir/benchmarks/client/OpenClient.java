package dev.weir.benchmarks.client;

import java.io.IOException;

/** A client with a pool of connections below it. Thread-safe. */
public interface OpenClient extends AutoCloseable {

    /**
     * One request and its answer, on a connection of the pool.
     *
     * @param number which request it is, to vary what is asked
     * @throws Exception if the answer is not the right one, or there was none
     */
    void request(int number) throws Exception;

    @Override
    void close() throws IOException;
}
