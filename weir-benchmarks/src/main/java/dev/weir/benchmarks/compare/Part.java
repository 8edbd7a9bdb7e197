package dev.weir.benchmarks.compare;

/**
 * A line of the report.
 *
 * @param name whose memory
 * @param mb MiB, rounded to a tenth
 * @param basis how it was found
 */
record Part(String name, double mb, String basis) {

    static final String DATABASE = "database";
    static final String WEBSOCKET = "websocket";
    static final String HTTP = "http";
    static final String REDIS = "redis";
    static final String INTERNAL = "internal-pools";
    static final String JVM = "jvm";
}
