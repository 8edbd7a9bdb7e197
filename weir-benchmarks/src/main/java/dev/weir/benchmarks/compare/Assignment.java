package dev.weir.benchmarks.compare;

/**
 * What a service is told when it starts, by its standard input: credentials are in it.
 *
 * @param setup how it is set up
 * @param shape the statements it runs
 * @param warmRounds how often each connection runs each statement before the load
 * @param url of its PostgreSQL
 * @param user its user there
 * @param password and password
 * @param redisPort of its Redis, on 127.0.0.1
 * @param upstreamPort of the HTTP server it asks, on 127.0.0.1
 */
record Assignment(
        Setup setup,
        Shape shape,
        int warmRounds,
        String url,
        String user,
        String password,
        int redisPort,
        int upstreamPort) {

    /** Names no secret. */
    @Override
    public String toString() {
        return shape + " on " + setup;
    }
}
