package dev.weir.check.rule;

import dev.weir.check.Finding;
import dev.weir.check.facts.Subject;
import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order of their numbers. */
public final class Rules {

    /** All of them. */
    public static final List<Rule> ALL = Stream.of(
                    WaitingRules.RULES,
                    LifetimeRules.RULES,
                    SizeRules.RULES,
                    NetworkRules.RULES,
                    DriverRules.RULES,
                    TransactionRules.RULES,
                    SecretRules.RULES,
                    MemoryRules.RULES,
                    NamingRules.RULES,
                    ServerRules.RULES)
            .flatMap(List::stream)
            .toList();

    private Rules() {}

    /** What all rules find in a service. */
    public static List<Finding> inspect(Subject subject) {
        return ALL.stream().flatMap(rule -> rule.inspect(subject).stream()).toList();
    }
}
