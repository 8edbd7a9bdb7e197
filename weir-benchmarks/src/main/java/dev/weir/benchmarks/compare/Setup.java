package dev.weir.benchmarks.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a service is set up: all that differs between two trials of one shape.
 *
 * @param pools whose pools it is on
 * @param databases the most connections of each of its three database pools
 * @param redis the most connections to Redis
 * @param http the most connections of each of its three HTTP clients
 * @param webSockets which server its WebSocket clients are on
 * @param frameBytes the longest message that server takes
 * @param driver properties of the PostgreSQL driver, those that Weir chooses by itself not among them
 * @param jvm the flags of its JVM
 * @param environment environment variables of its JVM
 */
record Setup(
        Pools pools,
        List<Integer> databases,
        int redis,
        int http,
        WebSockets webSockets,
        int frameBytes,
        Map<String, String> driver,
        List<String> jvm,
        Map<String, String> environment) {

    /** Whose pools. */
    enum Pools {
        /** HikariCP, Jedis' own, and the HTTP clients' own. */
        EACH_ITS_OWN,
        WEIR
    }

    /** Whose WebSocket server. */
    enum WebSockets {
        NETTY_SOCKETIO,
        WEIR
    }

    private static final int MB = 1 << 20;
    private static final List<String> SAME_FLAGS = List.of("-XX:+UseG1GC", "-Xmx512m");

    /** As the source had it before. */
    static Setup before() {
        return new Setup(
                Pools.EACH_ITS_OWN,
                List.of(20, 20, 25),
                40,
                20,
                WebSockets.NETTY_SOCKETIO,
                MB,
                Map.of(),
                SAME_FLAGS,
                Map.of());
    }

    /** The same on Weir, with the source's sizes, in a JVM with the same flags. */
    static Setup after() {
        return new Setup(Pools.WEIR, List.of(3, 5, 5), 8, 5, WebSockets.WEIR, MB / 4, Map.of(), SAME_FLAGS, Map.of());
    }

    /** That, and all that Weir advises besides. */
    static Setup advised() {
        Setup setup = after();
        for (Setting setting : Setting.ADVISED) {
            setup = setting.applyTo(setup);
        }
        return setup;
    }

    Setup withDatabases(List<Integer> sizes) {
        return new Setup(pools, sizes, redis, http, webSockets, frameBytes, driver, jvm, environment);
    }

    Setup withRedis(int size) {
        return new Setup(pools, databases, size, http, webSockets, frameBytes, driver, jvm, environment);
    }

    Setup withHttp(int size) {
        return new Setup(pools, databases, redis, size, webSockets, frameBytes, driver, jvm, environment);
    }

    Setup withWebSockets(WebSockets server, int bytes) {
        return new Setup(pools, databases, redis, http, server, bytes, driver, jvm, environment);
    }

    Setup withDriver(String property, String value) {
        Map<String, String> more = new LinkedHashMap<>(driver);
        more.put(property, value);
        return new Setup(pools, databases, redis, http, webSockets, frameBytes, more, jvm, environment);
    }

    /** Replaces the flags that begin like one of these. */
    Setup withJvm(List<String> replaced, List<String> flags) {
        List<String> all = new ArrayList<>(jvm);
        all.removeIf(flag -> replaced.stream().anyMatch(flag::startsWith));
        all.addAll(flags);
        return new Setup(pools, databases, redis, http, webSockets, frameBytes, driver, all, environment);
    }

    Setup withEnvironment(String variable, String value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(variable, value);
        return new Setup(pools, databases, redis, http, webSockets, frameBytes, driver, jvm, more);
    }
}
