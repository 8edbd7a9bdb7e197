package dev.weir.check.rule;

import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Kind.C3P0;
import static dev.weir.check.facts.Kind.DBCP2;
import static dev.weir.check.facts.Kind.HIKARI;
import static dev.weir.check.facts.Kind.TOMCAT;
import static dev.weir.check.facts.Product.MARIADB;
import static dev.weir.check.facts.Product.MYSQL;
import static dev.weir.check.facts.Product.ORACLE;
import static dev.weir.check.facts.Product.POSTGRESQL;
import static dev.weir.check.facts.Product.SQLSERVER;
import static dev.weir.check.facts.Setting.HOUSEKEEPING;
import static dev.weir.check.facts.Setting.KEEPALIVE;
import static dev.weir.check.facts.Setting.MAX;
import static dev.weir.check.facts.Setting.POOLS_STATEMENTS;
import static dev.weir.check.facts.Setting.STATEMENTS_PER_CONNECTION;
import static dev.weir.check.facts.Setting.TEST_ON_BORROW;
import static dev.weir.check.facts.Setting.TEST_QUERY;
import static dev.weir.check.facts.Setting.TEST_WHILE_IDLE;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Value;
import java.util.List;
import java.util.Optional;

/** What the driver is told: statements, batches, checks. */
final class DriverRules {

    /** Measured on pgjdbc 42.7 and PostgreSQL 15 with statements of 1 to 10 kB: MiB of a backend without, with 25 and with 100 of them. */
    private static final double BACKEND_REST = 1.13;

    private static final double BACKEND_25 = 13.6;
    private static final double BACKEND_100 = 24.5;
    private static final long CACHED_BY_DEFAULT = 256;
    private static final long CACHE_MIB_BY_DEFAULT = 5;
    private static final long MUCH = 1024;

    static final List<Rule> RULES = List.of(
            rule("W301", WARNING, "Every statement is planned every time")
                    .why(
                            "With prepareThreshold=0 the server parses and plans each execution anew: four times the median latency, measured with statements "
                                    + "of 1 to 10 kB. It was the way through PgBouncer, which since 1.21 keeps prepared statements itself, where max_prepared_statements is above 0.")
                    .advice("Leave the threshold at 5; to save memory, cache fewer statements.")
                    .source(
                            "pgjdbc documentation, prepareThreshold; PgBouncer, max_prepared_statements; Weir, docs/check.md, Figures")
                    .on(POSTGRESQL)
                    .when(look -> look.paramNumber("prepareThreshold")
                                    .filter(number -> number == 0)
                                    .isPresent()
                            && !look.target().hosts().contains(":6432"))
                    .says(look -> "prepareThreshold=0", look -> look.pool().driverLine("prepareThreshold", "5")),
            rule("W302", NOTE, "Cached plans may take a gigabyte of the server")
                    .why(
                            "Each backend keeps the plans of each statement its connection has prepared: 24.5 MB after 100 statements of 1 to 10 kB, 13.6 MB "
                                    + "when only 25 are cached, 1.7 MB with a handful of small ones, measured. The pool's size multiplies it.")
                    .advice("Cache fewer statements, or keep fewer connections.")
                    .source(
                            "pgjdbc documentation, preparedStatementCacheQueries; pgjdbc, issue 3122; Weir, docs/check.md, Figures")
                    .on(POSTGRESQL)
                    .needs(MAX)
                    .when(look -> look.pool().tellsOf("preparedStatementCacheQueries")
                            && look.paramNumber("prepareThreshold").orElse(5L) > 0
                            && planMib(look) > MUCH)
                    .says(
                            look -> String.format(
                                    java.util.Locale.ROOT,
                                    "%d cached statements × %d connections%s: up to %,d MB of the server, estimated from the measured %.1f MB a backend "
                                            + "(statements of 1 to 10 kB)",
                                    cached(look),
                                    look.n(MAX),
                                    look.knows(Fact.REPLICAS) ? " × " + look.n(Fact.REPLICAS) + " replicas" : "",
                                    planMib(look),
                                    backendMib(cached(look))),
                            look -> look.pool().driverLine("preparedStatementCacheQueries", "25")),
            rule("W303", WARNING, "The driver's statement caches may take a quarter of the memory")
                    .why("The driver's own limit of bytes holds for each connection; the pool's size multiplies it.")
                    .advice("Lower the limit of each connection.")
                    .source("pgjdbc documentation, preparedStatementCacheSizeMiB")
                    .on(POSTGRESQL)
                    .needs(MAX)
                    .needs(Fact.MEMORY)
                    .when(look -> look.pool().tellsOf("preparedStatementCacheSizeMiB")
                            && cacheMib(look) * look.n(MAX) * Look.MIB > look.n(Fact.MEMORY) / 4)
                    .says(
                            look -> cacheMib(look) + " MiB × " + look.n(MAX) + " connections = "
                                    + cacheMib(look) * look.n(MAX) + " MiB of " + Look.mib(look.n(Fact.MEMORY)),
                            look -> look.pool().driverLine("preparedStatementCacheSizeMiB", "1")),
            rule("W304", WARNING, "Statements are prepared on the server and thrown away")
                    .why(
                            "useServerPrepStmts without cachePrepStmts costs a round trip to prepare and one to close, for each execution.")
                    .advice("Cache them, or do not prepare them on the server.")
                    .source(
                            "MySQL Connector/J, Performance Extensions, cachePrepStmts; HikariCP wiki, MySQL Configuration")
                    .on(MYSQL, MARIADB)
                    .when(look -> look.paramIs("useServerPrepStmts", "true")
                            && look.pool().tellsOf("cachePrepStmts")
                            && !look.paramIs("cachePrepStmts", "true")
                            && look.isFor(MYSQL))
                    .says(
                            look -> "useServerPrepStmts=true, cachePrepStmts=false by default",
                            look -> look.pool().driverLine("cachePrepStmts", "true")),
            rule("W305", NOTE, "Batches are sent row by row")
                    .why(
                            "Hibernate collects rows into batches, but the driver sends them as single statements unless it may rewrite them.")
                    .advice("Let the driver rewrite batches.")
                    .source(
                            "pgjdbc documentation, reWriteBatchedInserts; MySQL Connector/J, rewriteBatchedStatements; Hibernate ORM User Guide, Batching")
                    .on(POSTGRESQL, MYSQL)
                    .needs(Fact.JDBC_BATCH)
                    .when(look -> look.n(Fact.JDBC_BATCH) > 1
                            && look.pool().tellsOf(rewrite(look))
                            && !look.paramIs(rewrite(look), "true"))
                    .says(
                            look -> "batches of " + look.n(Fact.JDBC_BATCH) + ", but " + rewrite(look) + " is false",
                            look -> look.pool().driverLine(rewrite(look), "true")),
            rule("W306", WARNING, "A parameter that the driver does not know")
                    .why(
                            "Drivers pass over a name they do not know without a word: what was asked for does not happen.")
                    .advice("Write it as the driver's documentation does; case counts.")
                    .source("pgjdbc documentation, Connection Parameters; MySQL Connector/J, Configuration Properties")
                    .on(POSTGRESQL, MYSQL)
                    .when(look -> misspelt(look).isPresent())
                    .says(
                            look -> misspelt(look)
                                    .map(pair -> pair.written() + " is probably " + pair.meant())
                                    .orElse(""),
                            look -> misspelt(look)
                                    .map(pair -> look.pool()
                                            .driverLine(
                                                    pair.meant(),
                                                    !Target.SECRET
                                                                    .matcher(pair.meant())
                                                                    .matches()
                                                            ? look.param(pair.written())
                                                                    .orElse("")
                                                            : "..."))
                                    .orElse("")),
            rule("W307", NOTE, "Connections are checked by a query")
                    .why(
                            "Every driver since JDBC 4 has isValid(), which is cheaper than a statement, minds its timeout and leaves no transaction open.")
                    .advice("Remove the test query.")
                    .source(
                            "HikariCP, README, connectionTestQuery: \"If your driver supports JDBC4 we strongly recommend not setting this property\"; "
                                    + "java.sql.Connection.isValid")
                    .only(HIKARI, DBCP2, C3P0, Kind.WEIR)
                    .on(POSTGRESQL, MYSQL, MARIADB, SQLSERVER, ORACLE)
                    .needs(TEST_QUERY)
                    .when(look -> !look.text(TEST_QUERY).isBlank())
                    .says(
                            look -> look.shown(TEST_QUERY),
                            look -> "(remove " + look.pool().nameOf(TEST_QUERY) + ")"),
            rule("W308", WARNING, "Connections are lent without a check")
                    .why(
                            "A connection that died at rest, by a restart of the server or a firewall, is handed to a borrower, who gets its error.")
                    .advice("Check before lending.")
                    .source("Tomcat JDBC, testOnBorrow; c3p0, Configuring Connection Testing")
                    .only(TOMCAT, DBCP2, C3P0)
                    .needs(TEST_ON_BORROW)
                    .when(look -> !look.is(TEST_ON_BORROW) && !isCheckedAtRest(look))
                    .says(look -> look.shown(TEST_ON_BORROW), look -> look.line(TEST_ON_BORROW, 1)),
            rule("W309", WARNING, "The pool keeps any number of statements")
                    .why(
                            "DBCP pools each statement it is asked for and never forgets one while the connection lives: memory here and on the server grows with "
                                    + "each distinct text.")
                    .advice("State how many a connection may keep.")
                    .source("Commons DBCP, BasicDataSource Configuration Parameters, maxOpenPreparedStatements")
                    .only(DBCP2)
                    .needs(STATEMENTS_PER_CONNECTION, POOLS_STATEMENTS)
                    .when(look -> look.is(POOLS_STATEMENTS) && look.n(STATEMENTS_PER_CONNECTION) <= 0)
                    .says(
                            look -> look.shown(POOLS_STATEMENTS) + " and " + look.shown(STATEMENTS_PER_CONNECTION),
                            look -> look.line(STATEMENTS_PER_CONNECTION, 50)));

    private DriverRules() {}

    /** Also where that is not known. */
    private static boolean isCheckedAtRest(Look look) {
        if (look.kind() == C3P0) {
            return !look.knows(KEEPALIVE) || look.n(KEEPALIVE) > 0;
        }
        return !look.knows(TEST_WHILE_IDLE)
                || !look.knows(HOUSEKEEPING)
                || (look.is(TEST_WHILE_IDLE) && look.n(HOUSEKEEPING) > 0);
    }

    private record Misspelt(String written, String meant) {}

    private static Optional<Misspelt> misspelt(Look look) {
        for (String written : look.target().parameters().keySet()) {
            Optional<String> meant =
                    DriverParameters.of(look.target().product()).meant(written);
            if (meant.isPresent()) {
                return Optional.of(new Misspelt(written, meant.get()));
            }
        }
        return Optional.empty();
    }

    private static String rewrite(Look look) {
        return look.isFor(POSTGRESQL) ? "reWriteBatchedInserts" : "rewriteBatchedStatements";
    }

    private static long cached(Look look) {
        return look.paramNumber("preparedStatementCacheQueries").orElse(CACHED_BY_DEFAULT);
    }

    private static long cacheMib(Look look) {
        return look.paramNumber("preparedStatementCacheSizeMiB").orElse(CACHE_MIB_BY_DEFAULT);
    }

    /** Between the measured points in a line; beyond the last one nothing is claimed. */
    private static double backendMib(long statements) {
        if (statements >= 100) {
            return BACKEND_100;
        }
        return statements <= 25
                ? BACKEND_REST + (BACKEND_25 - BACKEND_REST) * statements / 25
                : BACKEND_25 + (BACKEND_100 - BACKEND_25) * (statements - 25) / 75;
    }

    private static long planMib(Look look) {
        long replicas = look.subject().fact(Fact.REPLICAS).map(Value::number).orElse(1L);
        return Math.round(backendMib(cached(look)) * look.n(MAX)) * replicas;
    }
}
