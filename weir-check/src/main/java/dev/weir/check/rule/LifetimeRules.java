package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Kind.DBCP2;
import static dev.weir.check.facts.Kind.HIKARI;
import static dev.weir.check.facts.Kind.JEDIS;
import static dev.weir.check.facts.Kind.LETTUCE;
import static dev.weir.check.facts.Setting.HOUSEKEEPING;
import static dev.weir.check.facts.Setting.IDLE_TIMEOUT;
import static dev.weir.check.facts.Setting.KEEPALIVE;
import static dev.weir.check.facts.Setting.MAX;
import static dev.weir.check.facts.Setting.MAX_LIFETIME;
import static dev.weir.check.facts.Setting.MIN;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import java.util.List;

/** Connections: how old they become, how long they rest, and who ends them first. */
final class LifetimeRules {

    private static final long SHORTEST_LIFE = 30_000;
    private static final long SHORTEST_REST = 10_000;
    private static final long STANDARD_LIFE = 1_800_000;
    private static final long LATEST_KEEPALIVE = 120_000;

    static final List<Rule> RULES = List.of(
            rule("W020", WARNING, "The idle timeout is not below the lifetime")
                    .why(
                            "A connection is retired by age before it can be idle long enough. HikariCP turns such an idle timeout off.")
                    .advice("Let connections rest for less than they live.")
                    .source("HikariCP, HikariConfig.validateNumerics; README, idleTimeout and maxLifetime")
                    .needs(IDLE_TIMEOUT, MAX_LIFETIME, MIN, MAX)
                    .when(look -> look.n(IDLE_TIMEOUT) > 0
                            && look.n(MAX_LIFETIME) > 0
                            && look.n(MIN) < look.n(MAX)
                            && look.n(IDLE_TIMEOUT) >= look.n(MAX_LIFETIME))
                    .says(
                            look -> look.shown(IDLE_TIMEOUT) + " is not below " + look.shown(MAX_LIFETIME),
                            look -> look.line(IDLE_TIMEOUT, look.n(MAX_LIFETIME) / 3)),
            rule("W021", NOTE, "An idle timeout without effect")
                    .why("A pool whose minimum is its maximum keeps every connection; nothing is ever too many.")
                    .advice("Remove the idle timeout, or set a smaller minimum.")
                    .source(
                            "HikariCP, README, idleTimeout: \"only applies when minimumIdle is defined to be less than maximumPoolSize\"")
                    .only(HIKARI)
                    .needs(IDLE_TIMEOUT, MIN, MAX)
                    .when(look -> look.isWritten(IDLE_TIMEOUT)
                            && look.n(IDLE_TIMEOUT) > 0
                            && look.n(IDLE_TIMEOUT) != 600_000
                            && look.n(MIN) == look.n(MAX))
                    .says(
                            look -> look.shown(IDLE_TIMEOUT) + ", but " + look.shown(MIN) + " keeps all " + look.n(MAX),
                            look -> look.line(MIN, Math.max(1, look.n(MAX) / 4))),
            rule("W022", WARNING, "The keepalive is not below the lifetime")
                    .why("No connection lives long enough to be kept alive. HikariCP turns such a keepalive off.")
                    .advice("Use a keepalive far below the lifetime.")
                    .source("HikariCP, HikariConfig.validateNumerics; README, keepaliveTime")
                    .needs(KEEPALIVE, MAX_LIFETIME)
                    .when(look -> look.n(KEEPALIVE) > 0
                            && look.n(MAX_LIFETIME) > 0
                            && look.n(KEEPALIVE) >= look.n(MAX_LIFETIME))
                    .says(
                            look -> look.shown(KEEPALIVE) + " is not below " + look.shown(MAX_LIFETIME),
                            look -> look.line(
                                    KEEPALIVE,
                                    Math.max(SHORTEST_LIFE, Math.min(LATEST_KEEPALIVE, look.n(MAX_LIFETIME) / 4)))),
            rule("W023", WARNING, "The keepalive comes after the idle limit")
                    .why(
                            "By the time the connection is exercised, the server, the proxy or the NAT has already forgotten it.")
                    .advice("Use a keepalive of less than half the idle limit.")
                    .source("HikariCP, README, keepaliveTime; AWS, NAT gateways, idle timeout (350 s)")
                    .needs(KEEPALIVE)
                    .needs(Fact.IDLE_LIMIT)
                    .when(look -> look.n(Fact.IDLE_LIMIT) > 0 && look.n(KEEPALIVE) >= look.n(Fact.IDLE_LIMIT))
                    .says(
                            look -> look.shown(KEEPALIVE) + ", but what rests for "
                                    + Look.human(look.n(Fact.IDLE_LIMIT)) + " is cut off",
                            look -> look.line(KEEPALIVE, Math.max(1_000, look.n(Fact.IDLE_LIMIT) / 3))),
            rule("W024", WARNING, "Connections outlive the idle limit")
                    .why(
                            "Connections that the pool keeps at rest are cut off by the server, a proxy or a NAT in between; who borrows one next waits for "
                                    + "a check to fail, or gets an error.")
                    .advice("Keep connections alive more often than the limit, or let them live for less than it.")
                    .source(
                            "HikariCP, README, maxLifetime: \"several seconds shorter than any database or infrastructure imposed connection time limit\"; "
                                    + "MySQL, wait_timeout; PgBouncer, server_idle_timeout")
                    .needs(MAX_LIFETIME, MIN)
                    .needs(Fact.IDLE_LIMIT)
                    .when(LifetimeRules::outlives)
                    .says(
                            look -> look.shown(MAX_LIFETIME)
                                    + " and nothing keeps a resting connection alive, but what rests for "
                                    + Look.human(look.n(Fact.IDLE_LIMIT)) + " is cut off",
                            look -> look.pool().isJdbc() && (look.kind() == HIKARI || look.knows(KEEPALIVE))
                                    ? look.line(
                                            KEEPALIVE,
                                            Math.max(
                                                    look.kind() == HIKARI ? SHORTEST_LIFE : 1_000,
                                                    look.n(Fact.IDLE_LIMIT) / 3))
                                    : look.line(MAX_LIFETIME, look.n(Fact.IDLE_LIMIT) * 9 / 10)),
            rule("W025", WARNING, "Connections live for ever")
                    .why(
                            "A database's backend keeps what its statements made it allocate; only closing the connection gives it back (24.5 MB a backend "
                                    + "after 100 statements of 1 to 10 kB, measured). New addresses after a failover are not found either.")
                    .advice("Retire connections after half an hour or so.")
                    .source(
                            "HikariCP, README, maxLifetime: \"We strongly recommend setting this value\"; pgjdbc, issue 3122; Weir, docs/check.md, Figures")
                    .needs(MAX_LIFETIME)
                    .when(look -> look.n(MAX_LIFETIME) <= 0 && look.pool().isJdbc())
                    .says(
                            look -> look.shown(MAX_LIFETIME) + ": no connection is ever renewed",
                            look -> look.line(MAX_LIFETIME, STANDARD_LIFE)),
            rule("W026", ERROR, "A lifetime of less than 30 s")
                    .why(
                            "HikariCP replaces it by half an hour; other pools would do nothing but connect. Mostly seconds were written where milliseconds "
                                    + "are read.")
                    .advice("Write milliseconds, and minutes of them.")
                    .source(
                            "HikariCP, HikariConfig.validateNumerics; README, maxLifetime: \"The minimum allowed value is 30000ms\"")
                    .needs(MAX_LIFETIME)
                    .when(look -> look.n(MAX_LIFETIME) > 0
                            && look.n(MAX_LIFETIME) < SHORTEST_LIFE
                            && look.pool().isJdbc())
                    .says(
                            look -> look.shown(MAX_LIFETIME),
                            look -> look.line(MAX_LIFETIME, Math.max(SHORTEST_LIFE, look.n(MAX_LIFETIME) * 1_000))),
            rule("W027", ERROR, "An idle timeout of less than 10 s")
                    .why(
                            "HikariCP replaces it by ten minutes. Mostly seconds were written where milliseconds are read.")
                    .advice("Write milliseconds.")
                    .source(
                            "HikariCP, HikariConfig.validateNumerics; README, idleTimeout: \"The minimum allowed value is 10000ms\"")
                    .only(HIKARI)
                    .needs(IDLE_TIMEOUT, MIN, MAX)
                    .when(look -> look.n(IDLE_TIMEOUT) > 0
                            && look.n(IDLE_TIMEOUT) < SHORTEST_REST
                            && look.n(MIN) < look.n(MAX))
                    .says(
                            look -> look.shown(IDLE_TIMEOUT),
                            look -> look.line(IDLE_TIMEOUT, Math.max(SHORTEST_REST, look.n(IDLE_TIMEOUT) * 1_000))),
            rule("W028", ERROR, "A keepalive of less than 30 s")
                    .why(
                            "HikariCP turns it off and says so in one line of the log. Mostly seconds were written where milliseconds are read.")
                    .advice("Write milliseconds, at least 30000.")
                    .source(
                            "HikariCP, HikariConfig.validateNumerics; README, keepaliveTime: \"The minimum allowed value is 30000ms\"")
                    .only(HIKARI)
                    .needs(KEEPALIVE)
                    .when(look -> look.n(KEEPALIVE) > 0 && look.n(KEEPALIVE) < SHORTEST_LIFE)
                    .says(
                            look -> look.shown(KEEPALIVE),
                            look -> look.line(KEEPALIVE, Math.max(SHORTEST_LIFE, look.n(KEEPALIVE) * 1_000))),
            rule("W029", WARNING, "A minimum that nobody sees to")
                    .why(
                            "Commons Pool keeps a minimum only from its evictor, which does not run until it is told how often.")
                    .advice("Say how often the evictor runs, or remove the minimum.")
                    .source(
                            "Spring Boot, Common Application Properties, lettuce.pool.min-idle: \"only has an effect if both it and time between "
                                    + "eviction runs are positive\"; Commons DBCP, minIdle")
                    .only(DBCP2, LETTUCE, JEDIS)
                    .needs(MIN, HOUSEKEEPING)
                    .when(look -> look.isWritten(MIN) && look.n(MIN) > 0 && look.n(HOUSEKEEPING) <= 0)
                    .says(
                            look -> look.shown(MIN) + ", but " + look.shown(HOUSEKEEPING) + " keeps the evictor off",
                            look -> look.line(HOUSEKEEPING, 30_000)),
            rule("W030", WARNING, "An idle timeout that nobody sees to")
                    .why(
                            "Commons Pool closes what rests too long only from its evictor, which does not run until it is told how often.")
                    .advice("Say how often the evictor runs.")
                    .source("Commons DBCP, BasicDataSource Configuration Parameters, timeBetweenEvictionRunsMillis")
                    .only(DBCP2)
                    .needs(IDLE_TIMEOUT, HOUSEKEEPING)
                    .when(look -> look.isWritten(IDLE_TIMEOUT) && look.n(IDLE_TIMEOUT) > 0 && look.n(HOUSEKEEPING) <= 0)
                    .says(
                            look -> look.shown(IDLE_TIMEOUT) + ", but " + look.shown(HOUSEKEEPING)
                                    + " keeps the evictor off",
                            look -> look.line(HOUSEKEEPING, 30_000)));

    private LifetimeRules() {}

    /** Whether a connection may rest for longer than the limit, with all that is known. */
    private static boolean outlives(Look look) {
        long limit = look.n(Fact.IDLE_LIMIT);
        long life = look.n(MAX_LIFETIME) > 0 ? look.n(MAX_LIFETIME) : Long.MAX_VALUE;
        boolean rests = look.n(MIN) > 0
                || (look.knows(IDLE_TIMEOUT) && (look.n(IDLE_TIMEOUT) <= 0 || look.n(IDLE_TIMEOUT) >= limit));
        if (limit <= 0 || life < limit || !rests) {
            return false;
        }
        if (look.knows(KEEPALIVE)) {
            return look.n(KEEPALIVE) <= 0;
        }
        // HikariCP keeps alive never, or every two minutes: that depends on its version.
        return look.kind() == HIKARI ? limit <= LATEST_KEEPALIVE : look.kind() == DBCP2;
    }
}
