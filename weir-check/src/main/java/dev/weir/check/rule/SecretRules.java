package dev.weir.check.rule;

import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.facts.Setting.PASSWORD;
import static dev.weir.check.facts.Setting.URL;
import static dev.weir.check.facts.Setting.USER;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Product;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Who may see the password, and what may be done with it. */
final class SecretRules {

    private static final Set<String> ALMIGHTY = Set.of("postgres", "root", "sa", "sys", "system", "admin");

    static final List<Rule> RULES = List.of(
            rule("W501", WARNING, "A password in plain text")
                    .why(
                            "Files of configuration go into repositories, images and backups, and are read by more people than the database should be.")
                    .advice("Take it from the environment or from a file that only the service may read.")
                    .source("The Twelve-Factor App, III. Config; CWE-260, Password in Configuration File")
                    .needs(PASSWORD)
                    .says(
                            look -> "a password stands here in plain text",
                            look -> look.kind() == dev.weir.check.facts.Kind.WEIR
                                    ? "passwordEnv: DATABASE_PASSWORD"
                                    : look.place(PASSWORD).key().contains("spring.")
                                            ? look.place(PASSWORD).key() + ": ${DATABASE_PASSWORD}"
                                            : "(set the password by the program, from the environment)"),
            rule("W502", WARNING, "A password in a URL")
                    .why(
                            "URLs are logged, shown by consoles and carried in exceptions, by code that does not know that there is a secret in them.")
                    .advice("Give user and password as settings of their own.")
                    .source(
                            "RFC 3986, 3.2.1, User Information; CWE-532, Insertion of Sensitive Information into Log File")
                    .needs(URL)
                    .when(look -> look.is(URL))
                    .says(look -> "the URL holds a password", look -> "(remove the password from the URL)"),
            rule("W503", NOTE, "The service is the database's administrator")
                    .why(
                            "An administrator's connections count into the reserve that is kept for emergencies, and a flaw in the service is then one of everything.")
                    .advice("Make a role that may do what the service does, and no more.")
                    .source(
                            "PostgreSQL, superuser_reserved_connections; OWASP, Database Security Cheat Sheet, Permissions")
                    .needs(USER)
                    .when(look -> ALMIGHTY.contains(look.text(USER).toLowerCase(Locale.ROOT))
                            && look.pool()
                                    .target()
                                    .filter(target -> target.isRemote())
                                    .isPresent())
                    .says(
                            look -> look.shown(USER),
                            look -> look.isFor(Product.POSTGRESQL) ? "CREATE ROLE app LOGIN;" : "CREATE USER app;"));

    private SecretRules() {}
}
