package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Kind.C3P0;
import static dev.weir.check.facts.Kind.DBCP2;
import static dev.weir.check.facts.Kind.DRUID;
import static dev.weir.check.facts.Kind.HIKARI;
import static dev.weir.check.facts.Kind.JEDIS;
import static dev.weir.check.facts.Kind.LETTUCE;
import static dev.weir.check.facts.Kind.TOMCAT;
import static dev.weir.check.facts.Kind.VIBUR;
import static dev.weir.check.facts.Kind.WEIR;
import static dev.weir.check.facts.Setting.ACQUIRE_TIMEOUT;
import static dev.weir.check.facts.Setting.LEAK_THRESHOLD;
import static dev.weir.check.facts.Setting.MAX;
import static dev.weir.check.facts.Setting.MAX_LIFETIME;
import static dev.weir.check.facts.Setting.MAX_WAITERS;
import static dev.weir.check.facts.Setting.RECLAIMS;
import static dev.weir.check.facts.Setting.RECLAIM_AFTER;
import static dev.weir.check.facts.Setting.RECLAIM_LOGGED;
import static dev.weir.check.facts.Setting.VALIDATION_TIMEOUT;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import java.util.List;

/** Borrowers: how many wait, how long, and how long they keep what they got. */
final class WaitingRules {

    private static final long LONG_WAIT = 60_000;
    private static final long SHORTEST_WAIT = 250;
    private static final long MANY_WAITERS = 1_000;
    private static final long SHORT_LEASE = 2_000;
    private static final long WAITERS_A_CONNECTION = 10;

    static final List<Rule> RULES = List.of(
            rule("W001", NOTE, "Nothing bounds the queue")
                    .why(
                            "This pool has no limit on how many may wait. When the database slows down, every request parks here until its "
                                    + "timeout, and the service runs out of threads or memory before anybody is turned away.")
                    .advice(
                            "Bound the callers (a bulkhead, the server's thread limit), or take a pool that bounds its queue.")
                    .source("HikariCP, issue 580")
                    .only(HIKARI, DBCP2, TOMCAT, C3P0, DRUID, VIBUR, LETTUCE, JEDIS)
                    .needs(MAX)
                    .when(look -> !look.knows(MAX_WAITERS) || look.n(MAX_WAITERS) <= 0)
                    .says(
                            look -> "the pool turns nobody away: every thread that asks waits for one of " + look.n(MAX)
                                    + " connections",
                            look -> look.pool().isJdbc()
                                    ? "max-waiters=" + look.n(MAX) * WAITERS_A_CONNECTION + "   (Weir's WeirDataSource)"
                                    : ""),
            rule("W002", WARNING, "Virtual threads before an unbounded queue")
                    .why(
                            "Virtual threads take away the one limit that a servlet container had, its threads. As many requests as clients "
                                    + "send then wait for the pool at once, each with its memory.")
                    .advice("Bound the callers with a semaphore, or take a pool that bounds its queue.")
                    .source("JEP 444, Virtual Threads, Do not pool virtual threads; HikariCP, issue 2398")
                    .only(HIKARI, DBCP2, TOMCAT, C3P0, DRUID, VIBUR, LETTUCE, JEDIS)
                    .needs(MAX)
                    .needs(Fact.VIRTUAL_THREADS)
                    .when(look ->
                            look.is(Fact.VIRTUAL_THREADS) && (!look.knows(MAX_WAITERS) || look.n(MAX_WAITERS) <= 0))
                    .says(
                            look -> "requests run on virtual threads, and any number of them waits for " + look.n(MAX)
                                    + " connections",
                            look -> look.pool().isJdbc()
                                    ? "max-waiters=" + look.n(MAX) * WAITERS_A_CONNECTION + "   (Weir's WeirDataSource)"
                                    : ""),
            rule("W003", WARNING, "Borrowers wait for ever")
                    .why(
                            "A borrower that never gives up keeps its thread for as long as the database, or a leak, keeps the connections. One "
                                    + "such pool stops a whole service without an error in its log.")
                    .advice("State how long a request may wait: less than its own caller waits for it.")
                    .source(
                            "Commons DBCP, BasicDataSource Configuration Parameters, maxWaitMillis; c3p0, appendix A, checkoutTimeout")
                    .needs(ACQUIRE_TIMEOUT)
                    .when(look -> look.n(ACQUIRE_TIMEOUT) <= 0)
                    .says(
                            look -> look.shown(ACQUIRE_TIMEOUT)
                                    + ": no request is ever told that there is no connection",
                            look -> look.line(ACQUIRE_TIMEOUT, 5_000)),
            rule("W004", NOTE, "Borrowers wait longer than their callers")
                    .why(
                            "Browsers, gateways and load balancers mostly give up after 30 to 60 s. Work that waits longer is done for nobody, and "
                                    + "keeps those behind it waiting.")
                    .advice("Let a request wait for less than its caller does.")
                    .source(
                            "nginx, ngx_http_proxy_module, proxy_read_timeout (60 s); AWS, Application Load Balancer, idle timeout (60 s)")
                    .needs(ACQUIRE_TIMEOUT)
                    .when(look -> look.n(ACQUIRE_TIMEOUT) > LONG_WAIT)
                    .says(
                            look -> look.shown(ACQUIRE_TIMEOUT) + " is more than a minute",
                            look -> look.line(ACQUIRE_TIMEOUT, 10_000)),
            rule("W005", ERROR, "The timeout for borrowers is too short to be one")
                    .why(
                            "HikariCP refuses less than 250 ms and does not start. Mostly seconds were written where milliseconds are read.")
                    .advice("Write milliseconds.")
                    .source("HikariCP, README, connectionTimeout")
                    .only(HIKARI)
                    .needs(ACQUIRE_TIMEOUT)
                    .when(look -> look.n(ACQUIRE_TIMEOUT) > 0 && look.n(ACQUIRE_TIMEOUT) < SHORTEST_WAIT)
                    .says(
                            look -> look.shown(ACQUIRE_TIMEOUT) + " is below the lowest that is accepted, 250 ms",
                            look -> look.line(ACQUIRE_TIMEOUT, secondsMeant(look.n(ACQUIRE_TIMEOUT)))),
            rule("W006", WARNING, "A check may take longer than the borrower waits")
                    .why(
                            "The borrower's timeout ends while its connection is still being checked: it fails although other connections may be free.")
                    .advice("Give a check less time than a borrower.")
                    .source("HikariCP, README, validationTimeout: \"must be less than the connectionTimeout\"")
                    .only(HIKARI, TOMCAT, DBCP2)
                    .needs(VALIDATION_TIMEOUT, ACQUIRE_TIMEOUT)
                    .when(look -> look.n(ACQUIRE_TIMEOUT) > 0
                            && look.n(VALIDATION_TIMEOUT) > 0
                            && look.n(VALIDATION_TIMEOUT) >= look.n(ACQUIRE_TIMEOUT))
                    .says(
                            look -> look.shown(VALIDATION_TIMEOUT) + " is not below " + look.shown(ACQUIRE_TIMEOUT),
                            look -> look.line(
                                    VALIDATION_TIMEOUT, Math.max(SHORTEST_WAIT, look.n(ACQUIRE_TIMEOUT) / 2))),
            rule("W007", NOTE, "Leaks are not looked for")
                    .why(
                            "A connection that is never given back is lost without a word; the pool shrinks until borrowers time out, and then the "
                                    + "log names everybody but the culprit.")
                    .advice("Have leases told that last longer than your longest transaction.")
                    .source("HikariCP, README, leakDetectionThreshold; Tomcat JDBC, suspectTimeout")
                    .only(HIKARI, WEIR)
                    .needs(LEAK_THRESHOLD)
                    .when(look -> look.n(LEAK_THRESHOLD) <= 0)
                    .says(
                            look -> look.shown(LEAK_THRESHOLD)
                                    + ": nobody is told of a connection that does not come back",
                            look -> look.line(LEAK_THRESHOLD, LONG_WAIT)),
            rule("W008", WARNING, "The threshold for leaks is out of its range")
                    .why(
                            "HikariCP turns leak detection off when the threshold is below 2 s or above the lifetime, and says so in one line of the log.")
                    .advice("Use at least 2 s and at most the lifetime.")
                    .source("HikariCP, HikariConfig.validateNumerics; README, leakDetectionThreshold")
                    .only(HIKARI)
                    .needs(LEAK_THRESHOLD, MAX_LIFETIME)
                    .when(look -> look.n(LEAK_THRESHOLD) > 0
                            && (look.n(LEAK_THRESHOLD) < SHORT_LEASE
                                    || (look.n(MAX_LIFETIME) > 0 && look.n(LEAK_THRESHOLD) > look.n(MAX_LIFETIME))))
                    .says(
                            look -> look.shown(LEAK_THRESHOLD)
                                    + (look.n(LEAK_THRESHOLD) < SHORT_LEASE
                                            ? " is below 2 s"
                                            : " is above " + look.shown(MAX_LIFETIME)),
                            look -> look.line(LEAK_THRESHOLD, LONG_WAIT)),
            rule("W009", WARNING, "Connections are taken from borrowers that still use them")
                    .why(
                            "Who is over time is not asked whether it works: its connection is closed, or lent to somebody else, in the midst of a "
                                    + "transaction.")
                    .advice(
                            "Let suspects be told rather than closed, or set the time far above the longest transaction.")
                    .source(
                            "Tomcat JDBC, removeAbandoned: \"set to the longest running query your applications might have\"; c3p0, "
                                    + "unreturnedConnectionTimeout")
                    .only(TOMCAT, DBCP2, C3P0)
                    .needs(RECLAIM_AFTER)
                    .when(look -> look.n(RECLAIM_AFTER) > 0
                            && (look.kind() == C3P0 || (look.knows(RECLAIMS) && look.is(RECLAIMS)))
                            && look.n(RECLAIM_AFTER) <= 300_000)
                    .says(
                            look -> look.shown(RECLAIM_AFTER)
                                    + ": a transaction that takes longer loses its connection",
                            look -> look.line(RECLAIM_AFTER, 1_800_000)),
            rule("W010", NOTE, "Connections are taken back without a trace")
                    .why(
                            "Taking back what leaked keeps the service alive and hides the leak for good, unless the borrower's stack is logged.")
                    .advice("Log the stack of whoever did not give back.")
                    .source("Commons DBCP, logAbandoned; c3p0, debugUnreturnedConnectionStackTraces")
                    .only(TOMCAT, DBCP2, C3P0)
                    .needs(RECLAIM_LOGGED, RECLAIM_AFTER)
                    .when(look -> !look.is(RECLAIM_LOGGED)
                            && look.n(RECLAIM_AFTER) > 0
                            && (look.kind() == C3P0 || (look.knows(RECLAIMS) && look.is(RECLAIMS))))
                    .says(
                            look -> look.shown(RECLAIM_LOGGED) + " while connections are taken back",
                            look -> look.line(RECLAIM_LOGGED, 1)),
            rule("W011", NOTE, "The queue may grow very long")
                    .why("Of those far back in a queue most are past their callers' patience when their turn comes.")
                    .advice("Allow a few waiters a connection.")
                    .source("Weir, docs/configuration.md, max-waiters; Little's law")
                    .needs(MAX_WAITERS, MAX)
                    .when(look -> look.n(MAX_WAITERS) > MANY_WAITERS && look.n(MAX_WAITERS) > look.n(MAX) * 50)
                    .says(
                            look -> look.shown(MAX_WAITERS) + " for " + look.n(MAX) + " connections",
                            look -> look.line(MAX_WAITERS, look.n(MAX) * WAITERS_A_CONNECTION)));

    private WaitingRules() {}

    /** 30 was meant as 30 s. */
    private static long secondsMeant(long millis) {
        return Math.max(1_000, millis * 1_000);
    }
}
