package dev.weir.check.rule;

import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import java.util.List;

/** What limits allow, multiplied out, against the memory that is there. */
final class MemoryRules {

    /** Measured: a Tomcat WebSocket of 1 MiB takes 3.19 MiB, one of 256 KiB takes 0.84: the buffers are allocated up front. */
    private static final double TOMCAT_FACTOR = 3.19;

    private static final long PLANS = 4_096;

    static final List<Rule> RULES = List.of(
            rule("W601", WARNING, "WebSocket limits allow more than there is memory")
                    .why(
                            "What each client may make the server hold, times the clients, is what hostile or merely slow ones can make it hold at once.")
                    .advice("Lower the limit of each client, or admit fewer.")
                    .source(
                            "RFC 6455, 10.4, Implementation-Specific Limits; Socket.IO, maxHttpBufferSize; Weir, docs/socketio.md")
                    .needs(Fact.WEBSOCKET_BYTES, Fact.WEBSOCKET_CLIENTS, Fact.MEMORY)
                    .when(look -> look.n(Fact.WEBSOCKET_BYTES) * look.n(Fact.WEBSOCKET_CLIENTS) > look.n(Fact.MEMORY))
                    .saysOnce(
                            look -> look.n(Fact.WEBSOCKET_CLIENTS) + " clients × "
                                    + Look.mib(look.n(Fact.WEBSOCKET_BYTES)) + " = "
                                    + Look.mib(look.n(Fact.WEBSOCKET_BYTES) * look.n(Fact.WEBSOCKET_CLIENTS))
                                    + ", but there are "
                                    + Look.mib(look.n(Fact.MEMORY)),
                            look -> "at most " + look.n(Fact.MEMORY) / 2 / look.n(Fact.WEBSOCKET_CLIENTS)
                                    + " bytes a client"),
            rule("W602", WARNING, "Tomcat's WebSocket buffers take more than there is memory")
                    .why(
                            "Tomcat allocates them for each connection as it comes, whether they are used or not: 3.19 MiB for a buffer of 1 MiB, 0.84 MiB for "
                                    + "256 KiB, 75 kB for the default of 8 KiB, measured.")
                    .advice("Use small buffers and read messages in parts.")
                    .source(
                            "Tomcat, WebSocket How-To, textBufferSize and binaryBufferSize; Weir, docs/check.md, Figures")
                    .needs(Fact.TOMCAT_WEBSOCKET_BUFFER, Fact.WEBSOCKET_CLIENTS, Fact.MEMORY)
                    .when(look -> tomcat(look) > look.n(Fact.MEMORY))
                    .saysOnce(
                            look -> look.n(Fact.WEBSOCKET_CLIENTS) + " clients with buffers of "
                                    + look.n(Fact.TOMCAT_WEBSOCKET_BUFFER) + " bytes: " + Look.mib(tomcat(look))
                                    + ", but there are " + Look.mib(look.n(Fact.MEMORY)),
                            look ->
                                    "server.servlet.context-parameters.org.apache.tomcat.websocket.textBufferSize: 8192"),
            rule("W603", WARNING, "The budget for connections is above the memory")
                    .why("A budget that cannot be reached bounds nothing.")
                    .advice("Leave room for the heap's other users and for what is outside the heap.")
                    .source("Weir, docs/decisions.md, What a budget keeps when its promises collide")
                    .needs(Fact.BUDGET, Fact.MEMORY)
                    .when(look -> look.n(Fact.BUDGET) >= look.n(Fact.MEMORY))
                    .saysOnce(
                            look -> "a budget of " + Look.mib(look.n(Fact.BUDGET)) + ", but there are "
                                    + Look.mib(look.n(Fact.MEMORY)),
                            look -> "budget: " + look.n(Fact.MEMORY) / 4 / Look.MIB + "MiB"),
            rule("W604", WARNING, "The heap may take all of the container")
                    .why(
                            "Threads, code, direct buffers and the collector live beside the heap. When the heap grows to its limit, the kernel kills the process "
                                    + "instead of the JVM telling that memory is short.")
                    .advice("Leave a quarter of the container to what is not heap.")
                    .source("java, Extra Options, -XX:MaxRAMPercentage; Kubernetes, Resource Management, \"OOMKilled\"")
                    .needs(Fact.HEAP, Fact.MEMORY)
                    .when(look -> look.n(Fact.HEAP) > look.n(Fact.MEMORY) * 9 / 10)
                    .saysOnce(
                            look -> "a heap of up to " + Look.mib(look.n(Fact.HEAP)) + " in "
                                    + Look.mib(look.n(Fact.MEMORY)),
                            look -> "-XX:MaxRAMPercentage=75"),
            rule("W605", WARNING, "A history of every text of SQL")
                    .why(
                            "Druid's statistics keep a record for each distinct text. Where literals stand in the text, each value is another one: 45 % of a heap in "
                                    + "one report, 785 MB by page and text in another.")
                    .advice("Merge texts that differ in their literals only.")
                    .source("Druid, issues 1664 and 2652; Druid wiki, StatFilter configuration, mergeSql")
                    .needs(Fact.SQL_STATISTICS)
                    .when(look -> look.is(Fact.SQL_STATISTICS))
                    .saysOnce(
                            look -> "the filter stat is on, and mergeSql is off",
                            look -> "spring.datasource.druid.filter.stat.merge-sql: true"),
            rule("W606", NOTE, "Many query plans are kept")
                    .why(
                            "Hibernate keeps the plan of each query's text; those of queries with lists of many lengths are large and each is its own.")
                    .advice("Pad the lists, and keep the default.")
                    .source(
                            "Hibernate ORM User Guide, hibernate.query.plan_cache_max_size (2048) and hibernate.query.in_clause_parameter_padding")
                    .needs(Fact.PLAN_CACHE)
                    .when(look -> look.n(Fact.PLAN_CACHE) > PLANS)
                    .saysOnce(
                            look -> "up to " + look.n(Fact.PLAN_CACHE) + " plans",
                            look -> "spring.jpa.properties.hibernate.query.in_clause_parameter_padding: true"));

    private MemoryRules() {}

    private static long tomcat(Look look) {
        return Math.round(TOMCAT_FACTOR * look.n(Fact.TOMCAT_WEBSOCKET_BUFFER)) * look.n(Fact.WEBSOCKET_CLIENTS);
    }
}
