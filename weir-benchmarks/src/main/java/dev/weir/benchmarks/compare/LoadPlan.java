package dev.weir.benchmarks.compare;

/**
 * What the load is told.
 *
 * @param port where the service takes orders
 * @param webSocketPort where its WebSocket server is
 * @param rampMillis load before anything is measured
 * @param millis load that is measured
 */
record LoadPlan(int port, int webSocketPort, int rampMillis, int millis) {}
