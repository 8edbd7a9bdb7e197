package dev.weir.check.rule;

import dev.weir.check.Finding;
import dev.weir.check.Severity;
import dev.weir.check.facts.Subject;
import java.util.List;

/**
 * A rule.
 *
 * @param number for ever its own: {@code W101}
 * @param severity how bad it is when it fires
 * @param title what it looks for, in a few words
 * @param why what comes of it
 * @param advice how to mend it
 * @param source the public document that says so
 * @param inspection how it looks
 */
public record Rule(
        String number,
        Severity severity,
        String title,
        String why,
        String advice,
        String source,
        Inspection inspection) {

    /** How a rule looks at a service. */
    @FunctionalInterface
    public interface Inspection {
        /** The findings of a rule. */
        List<Finding> inspect(Rule rule, Subject subject);
    }

    /** What the rule finds. */
    public List<Finding> inspect(Subject subject) {
        return inspection.inspect(this, subject);
    }

    /** Rules are equal by number. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Rule rule && rule.number.equals(number);
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    @Override
    public String toString() {
        return number + " " + title;
    }
}
