package dev.weir.benchmarks.compare;

import dev.weir.benchmarks.compare.Setup.Pools;
import dev.weir.benchmarks.compare.Setup.WebSockets;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** One thing that is done to save memory. Each is tried alone, on the service as it was before. */
enum Setting {
    DATABASE_SIZES(
            "database pools 20, 20, 25 -> 3, 5, 5; HikariCP stays", setup -> setup.withDatabases(List.of(3, 5, 5))),
    DATABASE_FEWER(
            "database pools of 2, 2, 2: 800 transactions/s of about 1 ms keep less than one connection busy",
            setup -> setup.withDatabases(List.of(2, 2, 2))),
    WEIR_POOLS(
            "Weir's pools, at the same sizes",
            setup -> new Setup(
                    Pools.WEIR,
                    setup.databases(),
                    setup.redis(),
                    setup.http(),
                    setup.webSockets(),
                    setup.frameBytes(),
                    setup.driver(),
                    setup.jvm(),
                    setup.environment())),
    STATEMENTS_BOUND(
            "the driver keeps 25 prepared statements a connection, not 256",
            setup -> setup.withDriver("preparedStatementCacheQueries", "25")),
    NO_PREPARED(
            "no server-prepared statements (prepareThreshold=0)", setup -> setup.withDriver("prepareThreshold", "0")),
    ROWS_IN_PORTIONS(
            "results are read 500 rows at a time (defaultRowFetchSize)",
            setup -> setup.withDriver("defaultRowFetchSize", "500")),
    NO_JIT("no JIT in PostgreSQL (jit=off, by session)", setup -> setup.withDriver("options", "-c jit=off")),
    REDIS_SIZE("Redis connections 40 -> 8", setup -> setup.withRedis(8)),
    HTTP_SIZE("HTTP connections 20 -> 5 a client", setup -> setup.withHttp(5)),
    FRAME_BOUND(
            "netty-socketio's longest message 1 MB -> 256 kB",
            setup -> setup.withWebSockets(setup.webSockets(), 1 << 18)),
    WEIR_SOCKETIO("Weir's Socket.IO server, 256 kB", setup -> setup.withWebSockets(WebSockets.WEIR, 1 << 18)),
    SERIAL_GC("-XX:+UseSerialGC", setup -> setup.withJvm(List.of("-XX:+UseG1GC"), List.of("-XX:+UseSerialGC"))),
    SMALL_HEAP("-Xmx96m", setup -> setup.withJvm(List.of("-Xmx"), List.of("-Xmx96m"))),
    SMALL_CODE(
            "a code cache of 32 MB, stacks of 256 kB",
            setup -> setup.withJvm(List.of(), List.of("-XX:ReservedCodeCacheSize=32m", "-Xss256k"))),
    FEW_ARENAS("MALLOC_ARENA_MAX=2", setup -> setup.withEnvironment("MALLOC_ARENA_MAX", "2"));

    /** What makes the service as it was the one on Weir. */
    static final List<Setting> WEIR = List.of(DATABASE_SIZES, REDIS_SIZE, HTTP_SIZE, WEIR_POOLS, WEIR_SOCKETIO);

    /** What Weir advises besides what it does. */
    static final List<Setting> ADVISED =
            List.of(DATABASE_FEWER, ROWS_IN_PORTIONS, NO_JIT, SERIAL_GC, SMALL_HEAP, SMALL_CODE, FEW_ARENAS);

    /** All of that, in the order in which one is added to the other. */
    static final List<Setting> STEPS =
            Stream.concat(WEIR.stream(), ADVISED.stream()).toList();

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // a function that holds nothing
    private final UnaryOperator<Setup> change;

    Setting(String text, UnaryOperator<Setup> change) {
        this.text = text;
        this.change = change;
    }

    String text() {
        return text;
    }

    Setup applyTo(Setup setup) {
        return change.apply(setup);
    }
}
