package dev.weir.benchmarks.compare;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.postgres.LocalPostgres;
import dev.weir.redis.local.LocalRedis;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** One service under one load, with servers of its own. */
final class Trial {

    private static final TypeReference<Map<String, LaneResult>> LANES = new TypeReference<>() {};
    private static final TypeReference<Map<String, Long>> BYTES = new TypeReference<>() {};

    private final Path jdk;
    private final Path directory;
    private final Size size;

    /** @param directory for the logs of what is started */
    Trial(Path jdk, Path directory, Size size) {
        this.jdk = jdk;
        this.directory = directory;
        this.size = size;
    }

    Outcome run(Shape shape, Setup setup, int millis) throws IOException, SQLException {
        try (LocalPostgres postgres = LocalPostgres.start();
                LocalRedis redis = LocalRedis.start();
                ChildJvm load = ChildJvm.start(
                        "load",
                        jdk,
                        List.of("-XX:+UseParallelGC", "-Xmx1g", "-Dsun.net.httpserver.nodelay=true"),
                        Map.of(),
                        LoadMain.class,
                        directory);
                ChildJvm service = ChildJvm.start(
                        "service", jdk, setup.jvm(), setup.environment(), ServiceMain.class, directory)) {
            long postmaster = prepare(postgres);
            long redisServer = pidOf(redis);
            Assignment assignment = new Assignment(
                    setup,
                    shape,
                    size.warmRounds(),
                    postgres.url(),
                    postgres.user(),
                    postgres.password(),
                    redis.port(),
                    load.answer().get("upstreamPort").asInt());
            JsonNode ports = service.ask(ChildJvm.MAPPER.writeValueAsString(assignment));
            double warmSeconds = service.ask(ServiceMain.WARM).get("seconds").asDouble();
            LoadPlan plan = new LoadPlan(
                    ports.get("port").asInt(), ports.get("webSocketPort").asInt(), size.rampMillis(), millis);
            Map<String, LaneResult> lanes =
                    ChildJvm.MAPPER.convertValue(load.ask(ChildJvm.MAPPER.writeValueAsString(plan)), LANES);
            // Before anything is closed: the service stands as it worked, its WebSocket clients connected.
            Holdings holdings = Holdings.read(service.pid(), postmaster, redisServer);
            JsonNode end = service.ask(ServiceMain.DISBAND);
            Map<String, Long> owned = ChildJvm.MAPPER.convertValue(end.get("bytes"), BYTES);
            LaneResult database = lane(lanes, Lane.DATABASE);
            return new Outcome(
                    holdings.totalMb(),
                    holdings.parts(owned),
                    database.perSecond(),
                    database.p50Ms(),
                    database.p99Ms(),
                    database.p999Ms(),
                    lanes,
                    holdings.backends(),
                    Holdings.mb(holdings.backendBytes()),
                    Holdings.mb(holdings.postgresBytes()),
                    Holdings.mb(holdings.jvmBytes()),
                    Holdings.mb(holdings.redisBytes()),
                    end.get("received").asLong(),
                    warmSeconds,
                    setup,
                    end.get("firstFailure").asText());
        }
    }

    private static LaneResult lane(Map<String, LaneResult> lanes, Lane lane) {
        LaneResult result = lanes.get(lane.name());
        if (result == null) {
            throw new IllegalStateException("the load said nothing of " + lane);
        }
        return result;
    }

    /** Makes the tables; returns the number of PostgreSQL's first process. */
    private static long prepare(LocalPostgres postgres) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            for (String sql : Shape.SCHEMA) {
                statement.execute(sql);
            }
            try (ResultSet backend = statement.executeQuery("select pg_backend_pid()")) {
                backend.next();
                return ProcessHandle.of(backend.getLong(1))
                        .flatMap(ProcessHandle::parent)
                        .orElseThrow(() -> new IllegalStateException(
                                "PostgreSQL's processes cannot be seen from here: compare needs Linux"))
                        .pid();
            }
        }
    }

    private static long pidOf(LocalRedis redis) {
        try (Jedis jedis = new Jedis(redis.host(), redis.port())) {
            return Long.parseLong(jedis.info("server")
                    .lines()
                    .filter(line -> line.startsWith("process_id:"))
                    .findFirst()
                    .orElseThrow()
                    .substring("process_id:".length())
                    .trim());
        }
    }
}
