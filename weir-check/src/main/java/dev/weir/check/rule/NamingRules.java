package dev.weir.check.rule;

import static dev.weir.check.Severity.ERROR;
import static dev.weir.check.Severity.NOTE;
import static dev.weir.check.Severity.WARNING;
import static dev.weir.check.rule.Draft.rule;

import dev.weir.check.facts.Oddity.About;
import java.util.List;

/** What was written, and nobody reads or can read. */
final class NamingRules {

    static final List<Rule> RULES = List.of(
            rule("W701", ERROR, "A name that the pool refuses")
                    .why("The pool does not start with a setting it does not know.")
                    .advice("Write the name as the documentation does.")
                    .source("HikariCP, PropertyElf; Weir, docs/configuration.md")
                    .told(About.NAME_REFUSED),
            rule("W702", WARNING, "A name that nobody reads")
                    .why(
                            "Unknown names are passed over without a word: what was asked for does not happen, and the default holds.")
                    .advice("Write the name as the documentation does.")
                    .source(
                            "Spring Boot, Externalized Configuration, ignoreUnknownFields; Common Application Properties")
                    .told(About.NAME_IGNORED),
            rule("W703", ERROR, "A value that cannot be read")
                    .why("The pool does not start with it, or takes its default.")
                    .advice("Write it in the unit that the setting has.")
                    .source(
                            "HikariCP, README: \"HikariCP uses milliseconds for all time values\"; the documentation of the pool")
                    .told(About.VALUE_UNREADABLE),
            rule("W704", WARNING, "A name of Spring Boot 1")
                    .why("Since 2.0 the settings of a pool stand below the pool's name; here they have no effect.")
                    .advice("Move it below the pool's name.")
                    .source("Spring Boot 2.0 Migration Guide, Configuring a DataSource")
                    .told(About.NAME_OF_OLD),
            rule("W705", WARNING, "A name that stands twice")
                    .why("The later one wins. Who changes the earlier one changes nothing.")
                    .advice("Keep one.")
                    .source("java.util.Properties.load")
                    .told(About.SAID_TWICE),
            rule("W706", NOTE, "A setting of another pool")
                    .why("Only one pool is in use; settings of others have no effect, and mislead who reads them.")
                    .advice("Remove it, or say by spring.datasource.type which pool is meant.")
                    .source("Spring Boot, Data Access, Supported Connection Pools")
                    .told(About.OTHER_POOL),
            rule("W707", ERROR, "A key that stands twice in YAML")
                    .why("The keys of a mapping are unique. Spring Boot and weir run refuse the file and do not start.")
                    .advice("Write what belongs to it under one of them.")
                    .source(
                            "YAML 1.2, 3.2.1.1, Nodes; Spring Boot, OriginTrackedYamlLoader (setAllowDuplicateKeys); Jackson, STRICT_DUPLICATE_DETECTION")
                    .told(About.KEY_TWICE));

    private NamingRules() {}
}
