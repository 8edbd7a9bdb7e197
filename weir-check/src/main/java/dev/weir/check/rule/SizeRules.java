package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Setting.MAX;
import static dev.weir.check.facts.Setting.MAX_IDLE;
import static dev.weir.check.facts.Setting.MIN;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.Finding;
import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Product;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many connections: of one pool, and of all pools and all replicas against what the server accepts. */
final class SizeRules {

    private static final long MANY_FIXED = 50;
    private static final long MANY = 100;

    static final List<Rule> RULES = List.of(
            rule("W101", ERROR, "The minimum is above the maximum")
                    .why(
                            "No pool can keep more than it may have. Some refuse to start, some silently take the one for the other.")
                    .advice("Set the minimum to at most the maximum.")
                    .source("HikariCP, HikariConfig.validateNumerics; Tomcat JDBC, minIdle")
                    .needs(MIN, MAX)
                    .when(look -> look.isWritten(MIN) && look.n(MAX) > 0 && look.n(MIN) > look.n(MAX))
                    .says(
                            look -> look.shown(MIN) + " is above " + look.shown(MAX),
                            look -> look.line(MIN, look.n(MAX))),
            rule("W102", WARNING, "A large pool of fixed size")
                    .why(
                            "All its connections are open at all times, each with a backend of the server; beyond a few for each core of the server "
                                    + "they only wait for each other (13 connections did 6,404 transactions/s where 65 did 2,538, measured).")
                    .advice("Take a small maximum, about two for each core of the database, and a minimum below it.")
                    .source(
                            "HikariCP wiki, About Pool Sizing; PostgreSQL wiki, Number Of Database Connections; Weir, docs/check.md, Figures")
                    .needs(MAX, MIN)
                    .when(look -> look.pool().isJdbc() && look.n(MAX) >= MANY_FIXED && look.n(MIN) >= look.n(MAX))
                    .says(look -> look.n(MAX) + " connections are kept open at all times", look -> look.line(MAX, 10)),
            rule("W103", NOTE, "A pool of a hundred connections and more")
                    .why(
                            "The server's memory and cores are shared by whatever is at work at once. A larger pool moves the queue from the service, where it "
                                    + "is cheap and fair, into the server, where it is neither.")
                    .advice("Measure with a smaller maximum before you keep this one.")
                    .source("HikariCP wiki, About Pool Sizing; PostgreSQL wiki, Number Of Database Connections")
                    .needs(MAX)
                    .when(look -> look.pool().isJdbc()
                            && look.n(MAX) >= MANY
                            && !(look.knows(MIN) && look.n(MIN) >= look.n(MAX)))
                    .says(look -> look.shown(MAX), look -> look.line(MAX, 20)),
            rule("W104", ERROR, "More connections than the server accepts")
                    .why(
                            "When all pools of all replicas are full, the server refuses the rest with \"too many clients\" (53300, 1040), and administrators "
                                    + "cannot get in.")
                    .advice(
                            "Divide what the server accepts, less what it reserves, by the replicas, and that by the pools.")
                    .source(
                            "PostgreSQL, Connections and Authentication, max_connections and superuser_reserved_connections; MySQL, max_connections")
                    .rule((rule, subject) -> sums(rule, subject, false)),
            rule("W105", WARNING, "A rolling update needs more connections than the server accepts")
                    .why(
                            "While replicas are replaced one by one there is one more than usual (Kubernetes: maxSurge), just when its pools fill for the "
                                    + "first time.")
                    .advice("Leave room for one replica more.")
                    .source("Kubernetes, Deployments, rollingUpdate.maxSurge; PostgreSQL, max_connections")
                    .rule((rule, subject) -> sums(rule, subject, true)),
            rule("W106", WARNING, "Connections are closed as they come back")
                    .why(
                            "Commons Pool closes a connection that comes back when more than maxIdle rest already: under load the pool connects and closes all "
                                    + "the time.")
                    .advice("Let as many rest as there may be.")
                    .source(
                            "Commons DBCP, BasicDataSource Configuration Parameters, maxIdle: \"If maxIdle is set too low on heavily loaded systems ...\"")
                    .needs(MAX_IDLE, MAX)
                    .when(look -> look.n(MAX_IDLE) >= 0 && look.n(MAX) > 0 && look.n(MAX_IDLE) < look.n(MAX))
                    .says(
                            look -> look.shown(MAX_IDLE) + " is below " + look.shown(MAX),
                            look -> look.line(MAX_IDLE, look.n(MAX))),
            rule("W107", NOTE, "A pool of one connection")
                    .why("Whoever holds it and asks for a second one waits for itself until the timeout.")
                    .advice("Use at least (tasks at once) × (connections a task holds at once − 1) + 1.")
                    .source("HikariCP wiki, About Pool Sizing, Pool-locking")
                    .needs(MAX)
                    .when(look -> look.n(MAX) == 1 && look.pool().isJdbc())
                    .says(look -> look.shown(MAX), look -> look.line(MAX, 2)),
            rule("W108", ERROR, "No limit on connections")
                    .why("The pool opens a connection for whoever asks; the server is the only limit left.")
                    .advice("State a maximum.")
                    .source(
                            "Commons DBCP, BasicDataSource Configuration Parameters, maxTotal: \"or negative for no limit\"")
                    .needs(MAX)
                    .when(look -> look.n(MAX) < 0)
                    .says(look -> look.shown(MAX) + ": any number", look -> look.line(MAX, 10)));

    private SizeRules() {}

    /** The pools of each server, added up. Without a number of replicas one is certain. */
    private static List<Finding> sums(Rule rule, Subject subject, boolean rolling) {
        List<Finding> found = new ArrayList<>();
        if (subject.fact(Fact.MAX_CONNECTIONS).isEmpty()
                || (rolling && subject.fact(Fact.REPLICAS).isEmpty())) {
            return found;
        }
        long limit = subject.fact(Fact.MAX_CONNECTIONS).map(Value::number).orElseThrow()
                - subject.fact(Fact.RESERVED_CONNECTIONS).map(Value::number).orElse(0L);
        long replicas = subject.fact(Fact.REPLICAS).map(Value::number).orElse(1L);
        servers(subject).forEach((server, pools) -> {
            long sum = pools.stream().mapToLong(SizeRules::max).sum();
            boolean exceeds = sum * replicas > limit;
            if (rolling ? exceeds || sum * (replicas + 1) <= limit : !exceeds) {
                return;
            }
            long copies = rolling ? replicas + 1 : replicas;
            Pool largest = pools.stream()
                    .max(java.util.Comparator.comparingLong(SizeRules::max))
                    .orElseThrow();
            String what = sum + " connections of " + (pools.size() == 1 ? "the pool" : pools.size() + " pools")
                    + (subject.fact(Fact.REPLICAS).isPresent() ? " × " + copies + " replicas = " + sum * copies : "")
                    + ", but " + limit + " are accepted"
                    + (server.isEmpty() ? "" : " by " + server);
            Place place = largest.value(MAX).map(Value::place).orElse(largest.place());
            found.add(new Finding(
                    rule,
                    place,
                    pools.size() == 1 ? largest.name() : "",
                    what,
                    largest.line(MAX, Math.max(1, max(largest) * limit / (sum * copies)))));
        });
        return found;
    }

    private static Map<String, List<Pool>> servers(Subject subject) {
        Map<String, List<Pool>> servers = new LinkedHashMap<>();
        for (Pool pool : subject.pools()) {
            boolean counted = pool.isJdbc()
                    && pool.value(MAX).filter(max -> max.number() > 0).isPresent();
            if (counted
                    && pool.target()
                            .filter(target -> target.product() == Product.H2)
                            .isEmpty()) {
                servers.computeIfAbsent(server(pool), host -> new ArrayList<>()).add(pool);
            }
        }
        return servers;
    }

    /** Pools whose hosts are not known may be of different servers, except in a configuration of Weir, which has one database. */
    private static String server(Pool pool) {
        String hosts = pool.target().map(Target::hosts).orElse("");
        if (!hosts.isEmpty() && !hosts.startsWith(":")) {
            return hosts;
        }
        boolean together = pool.kind() == Kind.WEIR && pool.place().line() > 0;
        return together || pool.name().isEmpty() ? "" : "the server of " + pool.name();
    }

    private static long max(Pool pool) {
        return pool.value(MAX).map(Value::number).orElseThrow();
    }
}
