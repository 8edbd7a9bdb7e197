package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Kind.C3P0;
import static dev.weir.check.facts.Kind.DBCP2;
import static dev.weir.check.facts.Kind.TOMCAT;
import static dev.weir.check.facts.Product.MARIADB;
import static dev.weir.check.facts.Product.MYSQL;
import static dev.weir.check.facts.Product.ORACLE;
import static dev.weir.check.facts.Product.POSTGRESQL;
import static dev.weir.check.facts.Product.REDIS;
import static dev.weir.check.facts.Product.SQLSERVER;
import static dev.weir.check.facts.Setting.ACQUIRE_TIMEOUT;
import static dev.weir.check.facts.Setting.COMMAND_TIMEOUT;
import static dev.weir.check.facts.Setting.QUERY_TIMEOUT;
import static dev.weir.check.facts.Setting.URL;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way to the server: how long it may be silent, and who may listen. */
final class NetworkRules {

    /** Some statements may well take an hour; nobody connects for that long. */
    private static final Map<String, Long> SECONDS_TOO_MANY =
            Map.of("socketTimeout", 10_000L, "connectTimeout", 1_000L, "loginTimeout", 1_000L);

    static final List<Rule> RULES = List.of(
            rule("W201", WARNING, "The socket has no timeout")
                    .why(
                            "When the server, or the way to it, goes silent without closing, a statement waits for ever, and its thread and its connection "
                                    + "with it. No timeout of a pool covers that.")
                    .advice("State a socket timeout above the longest statement.")
                    .source(
                            "pgjdbc documentation, socketTimeout; MySQL Connector/J, Networking, socketTimeout; HikariCP wiki, Rapid Recovery")
                    .on(POSTGRESQL, MYSQL, MARIADB, SQLSERVER, ORACLE)
                    .when(look -> look.pool().tellsOf(socketTimeoutName(look))
                            && socketTimeout(look).orElse(0L) == 0
                            && !(look.kind() == Kind.WEIR && look.knows(QUERY_TIMEOUT) && look.n(QUERY_TIMEOUT) > 0))
                    .says(
                            look -> socketTimeoutName(look) + " of the driver is 0"
                                    + (look.param(socketTimeoutName(look)).isPresent() ? "" : " by default")
                                    + ": a read never gives up",
                            look -> look.kind() == Kind.WEIR
                                    ? look.line(QUERY_TIMEOUT, 30_000)
                                    : look.pool()
                                            .driverLine(
                                                    socketTimeoutName(look), look.isFor(POSTGRESQL) ? "30" : "30000")),
            rule("W202", WARNING, "Connecting may take longer than borrowers wait")
                    .why(
                            "The borrowers give up before the driver does, and never learn that it was the connecting that failed.")
                    .advice("Give the driver less time to connect than a borrower has.")
                    .source("pgjdbc documentation, connectTimeout; MySQL Connector/J, Networking, connectTimeout")
                    .on(POSTGRESQL, MYSQL, MARIADB)
                    .needs(ACQUIRE_TIMEOUT)
                    .when(look ->
                            look.n(ACQUIRE_TIMEOUT) > 0 && connectMillis(look).orElse(0L) > look.n(ACQUIRE_TIMEOUT))
                    .says(
                            look -> "connectTimeout "
                                    + Look.human(connectMillis(look).orElse(0L)) + " is above "
                                    + look.shown(ACQUIRE_TIMEOUT),
                            look -> look.pool()
                                    .driverLine(
                                            "connectTimeout",
                                            Long.toString(Math.max(
                                                    1,
                                                    look.n(ACQUIRE_TIMEOUT) / (look.isFor(POSTGRESQL) ? 2_000 : 2))))),
            rule("W203", WARNING, "Connecting has no timeout")
                    .why(
                            "A server that does not answer holds the attempt for as long as the kernel tries, mostly over two minutes; in these pools the "
                                    + "borrower itself connects.")
                    .advice("State a connect timeout of a few seconds.")
                    .source(
                            "MySQL Connector/J, Networking, connectTimeout: 0, the default, is no timeout; Linux, tcp(7), tcp_syn_retries")
                    .only(DBCP2, TOMCAT, C3P0)
                    .on(POSTGRESQL, MYSQL)
                    .when(look -> look.pool().tellsOf("connectTimeout")
                            && connectMillis(look).map(millis -> millis == 0).orElse(look.isFor(MYSQL)))
                    .says(
                            look -> "connectTimeout of the driver is 0",
                            look -> look.pool().driverLine("connectTimeout", look.isFor(POSTGRESQL) ? "5" : "5000")),
            rule("W204", WARNING, "A timeout of PostgreSQL's driver in milliseconds")
                    .why(
                            "pgjdbc counts connectTimeout, socketTimeout and loginTimeout in seconds: 30000 are more than eight hours.")
                    .advice("Write seconds.")
                    .source(
                            "pgjdbc documentation, connectTimeout, socketTimeout, loginTimeout: \"specified in seconds\"")
                    .on(POSTGRESQL)
                    .when(look -> tooMany(look).isPresent())
                    .says(
                            look -> tooMany(look).orElse("") + " is "
                                    + look.param(tooMany(look).orElse("")).orElse("") + " seconds",
                            look -> look.pool()
                                    .driverLine(
                                            tooMany(look).orElse(""),
                                            Long.toString(Math.max(
                                                    1,
                                                    look.paramNumber(tooMany(look)
                                                                            .orElse(""))
                                                                    .orElse(0L)
                                                            / 1_000)))),
            rule("W205", ERROR, "A timeout of the driver in seconds")
                    .why("This driver counts in milliseconds: a timeout of 30 cuts off what takes longer than 30 ms.")
                    .advice("Write milliseconds.")
                    .source(
                            "MySQL Connector/J, Networking; MariaDB Connector/J, connectTimeout and socketTimeout; Microsoft JDBC driver, socketTimeout")
                    .on(MYSQL, MARIADB, SQLSERVER)
                    .when(look -> tooFew(look).isPresent())
                    .says(
                            look -> tooFew(look).orElse("") + " is "
                                    + look.param(tooFew(look).orElse("")).orElse("") + " ms",
                            look -> look.pool()
                                    .driverLine(
                                            tooFew(look).orElse(""),
                                            Long.toString(look.paramNumber(
                                                                    tooFew(look).orElse(""))
                                                            .orElse(1L)
                                                    * 1_000))),
            rule("W206", WARNING, "The driver reconnects by itself")
                    .why(
                            "A connection that comes back without its transaction, temporary tables and settings is worse than one that fails: half of the "
                                    + "work is lost unnoticed. Finding dead connections is the pool's part.")
                    .advice("Remove autoReconnect.")
                    .source(
                            "MySQL Connector/J, High Availability, autoReconnect: \"The use of this feature is not recommended\"")
                    .on(MYSQL, MARIADB)
                    .when(look -> look.paramIs("autoReconnect", "true"))
                    .says(look -> "autoReconnect=true", look -> look.pool().driverLine("autoReconnect", "false")),
            rule("W207", WARNING, "The way to the server is not encrypted")
                    .why("Whoever is on the way reads the data, and with some ways of logging in the password.")
                    .advice("Turn TLS on, and have the server's certificate checked.")
                    .source(
                            "pgjdbc documentation, sslmode; MySQL Connector/J, Security, sslMode; MariaDB Connector/J, sslMode; Redis, TLS")
                    .on(POSTGRESQL, MYSQL, MARIADB, SQLSERVER, REDIS)
                    .when(look -> look.target().isRemote()
                            && isPlain(look)
                            && (!look.isFor(MARIADB) || look.pool().tellsOf("sslMode")))
                    .says(
                            look -> "the connection to " + look.target().hosts() + " is not encrypted",
                            NetworkRules::encryptedLine),
            rule("W208", NOTE, "Nobody checks who the server is")
                    .why(
                            "Encryption without checking the certificate keeps out who listens, not who pretends to be the server.")
                    .advice("Have the certificate and the host name checked.")
                    .source(
                            "PostgreSQL, SSL Support, table \"SSL Mode Descriptions\"; MySQL Connector/J, sslMode; Microsoft JDBC driver, "
                                    + "trustServerCertificate")
                    .on(POSTGRESQL, MYSQL, MARIADB, SQLSERVER)
                    .when(look -> look.pool().tellsOf("sslMode")
                            && look.target().isRemote()
                            && !isPlain(look)
                            && !isVerified(look))
                    .says(
                            look -> "the certificate of " + look.target().hosts() + " is not checked",
                            NetworkRules::encryptedLine),
            rule("W209", WARNING, "The server's key is taken from whoever answers")
                    .why(
                            "With allowPublicKeyRetrieval the driver encrypts the password with whatever key it is sent: whoever sits between reads it.")
                    .advice("Remove it, and use TLS with a checked certificate.")
                    .source(
                            "MySQL Connector/J, Security, allowPublicKeyRetrieval; MySQL, Caching SHA-2 Pluggable Authentication")
                    .on(MYSQL, MARIADB)
                    .when(look -> look.paramIs("allowPublicKeyRetrieval", "true")
                            && look.target().isRemote()
                            && !isVerified(look))
                    .says(
                            look -> "allowPublicKeyRetrieval=true to "
                                    + look.target().hosts(),
                            look -> look.pool().driverLine("sslMode", "VERIFY_IDENTITY")),
            rule("W210", WARNING, "A Redis command may take a minute or longer")
                    .why(
                            "Redis answers within milliseconds or not at all. With a timeout this long every thread waits for a server that is gone.")
                    .advice("Use a second or two.")
                    .source(
                            "Spring Boot, Common Application Properties, spring.data.redis.timeout; Redis, Client handling")
                    .only(Kind.LETTUCE, Kind.JEDIS)
                    .needs(COMMAND_TIMEOUT)
                    .when(look -> look.n(COMMAND_TIMEOUT) <= 0 || look.n(COMMAND_TIMEOUT) >= 60_000)
                    .says(
                            look -> "a command may take "
                                    + (look.n(COMMAND_TIMEOUT) <= 0 ? "for ever" : Look.human(look.n(COMMAND_TIMEOUT))),
                            look -> look.pool().clientLine("timeout", "2s")));

    private NetworkRules() {}

    private static String socketTimeoutName(Look look) {
        return look.isFor(ORACLE) ? "oracle.jdbc.ReadTimeout" : "socketTimeout";
    }

    /** Unknown is not 0: a value that is no number counts as one that is set. */
    private static Optional<Long> socketTimeout(Look look) {
        String name = socketTimeoutName(look);
        return look.param(name).isPresent() ? Optional.of(look.paramNumber(name).orElse(1L)) : Optional.empty();
    }

    private static Optional<Long> connectMillis(Look look) {
        return look.paramNumber("connectTimeout").map(number -> look.isFor(POSTGRESQL) ? number * 1_000 : number);
    }

    private static Optional<String> tooMany(Look look) {
        for (String name : List.of("socketTimeout", "connectTimeout", "loginTimeout")) {
            if (look.paramNumber(name).orElse(0L) >= SECONDS_TOO_MANY.getOrDefault(name, Long.MAX_VALUE)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> tooFew(Look look) {
        for (String name : List.of("socketTimeout", "connectTimeout")) {
            long number = look.paramNumber(name).orElse(0L);
            if (number > 0 && number < 250) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(Look look) {
        return switch (look.target().product()) {
            case POSTGRESQL ->
                look.paramIs("sslmode", "disable", "allow")
                        || (look.paramIs("ssl", "false")
                                && look.param("sslmode").isEmpty());
            case MYSQL ->
                look.paramIs("sslMode", "DISABLED")
                        || (look.param("sslMode").isEmpty() && look.paramIs("useSSL", "false"));
            case MARIADB ->
                look.paramIs("sslMode", "disable")
                        || (look.param("sslMode").isEmpty() && !look.paramIs("useSsl", "true"));
            case SQLSERVER -> look.paramIs("encrypt", "false");
            case REDIS -> !look.paramIs("ssl", "true");
            default -> false;
        };
    }

    private static boolean isVerified(Look look) {
        return switch (look.target().product()) {
            // ssl=true alone means verify-full to pgjdbc.
            case POSTGRESQL ->
                look.paramIs("sslmode", "verify-ca", "verify-full")
                        || (look.param("sslmode").isEmpty() && look.paramIs("ssl", "true", ""));
            case MYSQL ->
                look.paramIs("sslMode", "VERIFY_CA", "VERIFY_IDENTITY")
                        || look.paramIs("verifyServerCertificate", "true");
            case MARIADB -> !look.paramIs("sslMode", "trust") && !look.paramIs("trustServerCertificate", "true");
            case SQLSERVER -> !look.paramIs("trustServerCertificate", "true");
            default -> true;
        };
    }

    private static String encryptedLine(Look look) {
        return switch (look.target().product()) {
            case POSTGRESQL -> look.pool().driverLine("sslmode", "verify-full");
            case MYSQL -> look.pool().driverLine("sslMode", "VERIFY_IDENTITY");
            case MARIADB -> look.pool().driverLine("sslMode", "verify-full");
            case SQLSERVER ->
                look.isFor(SQLSERVER) && isPlain(look)
                        ? look.pool().driverLine("encrypt", "true")
                        : look.pool().driverLine("trustServerCertificate", "false");
            default ->
                look.kind() == Kind.WEIR || look.knows(URL)
                        ? look.pool().clientLine("url", "rediss://...")
                        : look.pool().clientLine("ssl.enabled", "true");
        };
    }
}
