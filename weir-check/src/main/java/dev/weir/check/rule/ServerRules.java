package dev.weir.check.rule;

import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import java.util.List;

/** The database server's own settings, asked from it. */
final class ServerRules {

    private static final long MANY = 500;
    private static final long LATE = 3_600_000;
    private static final double BACKEND_MIB = 24.5;

    static final List<Rule> RULES = List.of(
            rule("W801", WARNING, "The server is nearly full")
                    .why("A few connections more, of whichever service, and new ones are refused.")
                    .advice("Find who holds them, and lower the pools' maxima.")
                    .source(
                            "PostgreSQL, pg_stat_activity and max_connections; MySQL, Threads_connected and max_connections")
                    .needs(Fact.CONNECTIONS_IN_USE, Fact.MAX_CONNECTIONS)
                    .when(look -> look.n(Fact.CONNECTIONS_IN_USE) * 5 >= look.n(Fact.MAX_CONNECTIONS) * 4)
                    .saysOnce(
                            look -> look.n(Fact.CONNECTIONS_IN_USE) + " of " + look.n(Fact.MAX_CONNECTIONS)
                                    + " connections are in use",
                            look ->
                                    "select application_name, count(*) from pg_stat_activity group by 1 order by 2 desc;"),
            rule("W802", WARNING, "The server accepts more connections than it can serve")
                    .why(
                            "Hundreds at work at once are slower than a few for each core, and each backend keeps what its plans take: 24.5 MB after 100 "
                                    + "statements of 1 to 10 kB, measured.")
                    .advice("Put a pooler before it, or small pools, and accept fewer.")
                    .source(
                            "PostgreSQL wiki, Number Of Database Connections and Tuning Your PostgreSQL Server; Weir, docs/check.md, Figures")
                    .needs(Fact.MAX_CONNECTIONS, Fact.IDLE_IN_TRANSACTION)
                    .when(look -> look.n(Fact.MAX_CONNECTIONS) > MANY)
                    .saysOnce(
                            look -> String.format(
                                    java.util.Locale.ROOT,
                                    "max_connections %d: up to %,d MB of backends, estimated from the measured %.1f MB each",
                                    look.n(Fact.MAX_CONNECTIONS),
                                    Math.round(look.n(Fact.MAX_CONNECTIONS) * BACKEND_MIB),
                                    BACKEND_MIB),
                            look -> "alter system set max_connections = 200;"),
            rule("W803", NOTE, "Forgotten transactions are never ended")
                    .why(
                            "A session that idles in a transaction keeps its locks and keeps vacuum from removing what has died since it began.")
                    .advice("Have the server end it.")
                    .source("PostgreSQL, Client Connection Defaults, idle_in_transaction_session_timeout")
                    .needs(Fact.IDLE_IN_TRANSACTION)
                    .when(look -> look.n(Fact.IDLE_IN_TRANSACTION) == 0)
                    .saysOnce(
                            look -> "idle_in_transaction_session_timeout is 0",
                            look -> "alter system set idle_in_transaction_session_timeout = '5min';"),
            rule("W804", NOTE, "The server is slow to see that a client is gone")
                    .why(
                            "The connection of a service that vanished, with its locks, stays until the server asks whether anybody is there.")
                    .advice("Have it ask after minutes.")
                    .source("PostgreSQL, Connections and Authentication, tcp_keepalives_idle")
                    .needs(Fact.SERVER_KEEPALIVE)
                    .when(look -> look.n(Fact.SERVER_KEEPALIVE) >= LATE)
                    .saysOnce(
                            look -> "tcp_keepalives_idle is " + Look.human(look.n(Fact.SERVER_KEEPALIVE)),
                            look -> "alter system set tcp_keepalives_idle = '5min';"));

    private ServerRules() {}
}
