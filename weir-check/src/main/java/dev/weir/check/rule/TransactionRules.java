package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Kind.C3P0;
import static dev.weir.check.facts.Kind.DBCP2;
import static dev.weir.check.facts.Kind.TOMCAT;
import static dev.weir.check.facts.Setting.AUTO_COMMIT;
import static dev.weir.check.facts.Setting.COMMIT_ON_RETURN;
import static dev.weir.check.facts.Setting.ROLLBACK_ON_RETURN;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Fact;
import java.util.List;

/** What becomes of work that nobody committed. */
final class TransactionRules {

    static final List<Rule> RULES = List.of(
            rule("W401", WARNING, "Uncommitted work goes to the next borrower")
                    .why(
                            "Whoever turns auto-commit off and gives back without an end leaves its transaction open; the next borrower commits it with its own. "
                                    + "Tomcat JDBC rolls back only with rollbackOnReturn, and only if defaultAutoCommit is false.")
                    .advice(
                            "Set defaultAutoCommit to false and rollbackOnReturn to true, or take a pool that always rolls back.")
                    .source(
                            "Tomcat JDBC, rollbackOnReturn: \"If autoCommit==false then the pool can terminate the transaction by calling rollback\"; "
                                    + "ConnectionPool.terminateTransaction")
                    .only(TOMCAT)
                    .needs(ROLLBACK_ON_RETURN, COMMIT_ON_RETURN)
                    .when(look -> !look.is(COMMIT_ON_RETURN)
                            && (!look.is(ROLLBACK_ON_RETURN) || !look.knows(AUTO_COMMIT) || look.is(AUTO_COMMIT)))
                    .says(
                            look -> look.is(ROLLBACK_ON_RETURN)
                                    ? look.shown(ROLLBACK_ON_RETURN) + ", which holds only with defaultAutoCommit false"
                                    : look.shown(ROLLBACK_ON_RETURN),
                            look -> look.line(
                                    look.is(ROLLBACK_ON_RETURN) ? AUTO_COMMIT : ROLLBACK_ON_RETURN,
                                    look.is(ROLLBACK_ON_RETURN) ? 0 : 1)),
            rule("W402", ERROR, "Giving back commits")
                    .why("A borrower that fails halfway and gives back its connection publishes half of its work.")
                    .advice("Roll back on return; commit where the work is done.")
                    .source(
                            "java.sql.Connection.close: commit or roll back before; c3p0, appendix A, autoCommitOnClose; Tomcat JDBC, commitOnReturn")
                    .only(TOMCAT, C3P0)
                    .needs(COMMIT_ON_RETURN)
                    .when(look -> look.is(COMMIT_ON_RETURN))
                    .says(look -> look.shown(COMMIT_ON_RETURN), look -> look.line(COMMIT_ON_RETURN, 0)),
            rule("W403", WARNING, "Giving back does not roll back")
                    .why(
                            "Uncommitted work stays on the connection, with its locks, and becomes part of the next borrower's transaction.")
                    .advice("Leave rollbackOnReturn true.")
                    .source("Commons DBCP, BasicDataSource Configuration Parameters, rollbackOnReturn")
                    .only(DBCP2)
                    .needs(ROLLBACK_ON_RETURN)
                    .when(look -> !look.is(ROLLBACK_ON_RETURN))
                    .says(look -> look.shown(ROLLBACK_ON_RETURN), look -> look.line(ROLLBACK_ON_RETURN, 1)),
            rule("W404", ERROR, "Hibernate relies on an auto-commit that is on")
                    .why(
                            "With provider_disables_autocommit Hibernate does not turn auto-commit off, for the pool is to do so. This one does not: each statement "
                                    + "commits at once, and a rollback rolls back nothing.")
                    .advice("Turn auto-commit off in the pool.")
                    .source("Hibernate ORM User Guide, hibernate.connection.provider_disables_autocommit")
                    .needs(AUTO_COMMIT)
                    .needs(Fact.PROVIDER_DISABLES_AUTOCOMMIT)
                    .when(look -> look.is(Fact.PROVIDER_DISABLES_AUTOCOMMIT) && look.is(AUTO_COMMIT))
                    .says(
                            look -> "provider_disables_autocommit is true, but " + look.shown(AUTO_COMMIT),
                            look -> look.line(AUTO_COMMIT, 0)),
            rule("W405", NOTE, "A connection is taken before it is needed")
                    .why(
                            "Auto-commit is off in the pool, but Hibernate does not know: it takes the connection at the transaction's begin, to ask for its "
                                    + "auto-commit, and holds it while nothing is asked of the database yet.")
                    .advice("Tell Hibernate.")
                    .source("Hibernate ORM User Guide, hibernate.connection.provider_disables_autocommit")
                    .needs(AUTO_COMMIT)
                    .needs(Fact.JPA)
                    .when(look -> look.is(Fact.JPA)
                            && !look.is(AUTO_COMMIT)
                            && !(look.knows(Fact.PROVIDER_DISABLES_AUTOCOMMIT)
                                    && look.is(Fact.PROVIDER_DISABLES_AUTOCOMMIT)))
                    .says(
                            look -> look.shown(AUTO_COMMIT) + ", and JPA is not told",
                            look -> "spring.jpa.properties.hibernate.connection.provider_disables_autocommit: true"),
            rule("W406", WARNING, "A connection is held until the page is sent")
                    .why(
                            "With open-in-view the session lives as long as the request, and with it the connection it once took: while other services are called "
                                    + "and the answer is written, it is busy with nothing.")
                    .advice("Turn it off, and load what a page needs in the service layer.")
                    .source("Spring Boot, Data Access, Open EntityManager in View; Spring Boot, issue 7107")
                    .needs(Fact.OPEN_IN_VIEW)
                    .when(look -> look.is(Fact.OPEN_IN_VIEW))
                    .saysOnce(look -> "spring.jpa.open-in-view is true", look -> "spring.jpa.open-in-view: false"));

    private TransactionRules() {}
}
