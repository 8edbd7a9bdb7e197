package dev.weir.socketio.admin;

import dev.weir.socketio.ServerStatistics;
import dev.weir.socketio.SocketIoServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event {@code server_stats}: how many there are, and what was counted since the event before. Counts are
 * differences, so nothing is gathered while no page listens. For one thread.
 */
final class ServerStats {

    private static final int MAX_NAMESPACES = 1_000;

    private final SocketIoServer server;
    private final String serverId;
    private final String hostName = AdminUiBuilder.hostName();
    private final Clock clock;
    private final Instant begin;
    private @Nullable ServerStatistics before;

    ServerStats(SocketIoServer server, String serverId, Clock clock) {
        this.server = server;
        this.serverId = serverId;
        this.clock = clock;
        this.begin = clock.instant();
    }

    /** Forgets what was counted: nobody has listened. */
    void rest() {
        before = null;
    }

    Map<String, Object> next() {
        ServerStatistics now = server.statistics();
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("serverId", serverId);
        stats.put("hostname", hostName);
        stats.put("pid", ProcessHandle.current().pid());
        stats.put("uptime", Duration.between(begin, clock.instant()).toSeconds());
        stats.put("clientsCount", now.sessions());
        stats.put("pollingClientsCount", now.polling());
        stats.put("aggregatedEvents", since(before == null ? now : before, now));
        stats.put("namespaces", namespaces());
        before = now;
        return stats;
    }

    private List<Map<String, Object>> namespaces() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (String name : server.namespaces()) {
            if (all.size() < MAX_NAMESPACES) {
                // A dynamic namespace may have gone meanwhile, and must not come back by being asked.
                server.find(name)
                        .ifPresent(namespace -> all.add(Map.of(
                                "name",
                                name,
                                "socketsCount",
                                namespace.sockets().size())));
            }
        }
        return all;
    }

    private List<Map<String, Object>> since(ServerStatistics old, ServerStatistics now) {
        long timestamp = clock.instant().getEpochSecond() * 1000;
        List<Map<String, Object>> counts = new ArrayList<>();
        add(counts, timestamp, "rawConnection", null, now.opened() - old.opened());
        add(counts, timestamp, "packetsIn", null, now.packetsIn() - old.packetsIn());
        add(counts, timestamp, "packetsOut", null, now.packetsOut() - old.packetsOut());
        add(counts, timestamp, "bytesIn", null, now.bytesIn() - old.bytesIn());
        add(counts, timestamp, "bytesOut", null, now.bytesOut() - old.bytesOut());
        Map<String, Long> closes = new LinkedHashMap<>();
        now.closes()
                .forEach((cause, count) ->
                        closes.merge(cause.reason(), count - old.closes().getOrDefault(cause, 0L), Long::sum));
        closes.forEach((reason, count) -> add(counts, timestamp, "rawDisconnection", reason, count));
        return counts;
    }

    private static void add(
            List<Map<String, Object>> counts, long timestamp, String type, @Nullable String subType, long count) {
        if (count > 0) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("timestamp", timestamp);
            one.put("type", type);
            if (subType != null) {
                one.put("subType", subType);
            }
            one.put("count", count);
            counts.add(one);
        }
    }
}
