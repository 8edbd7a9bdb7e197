package dev.weir.check.rule;

import dev.weir.check.Finding;
import dev.weir.check.Severity;
import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Oddity;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Product;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A rule while it is written down. It is asked only where all it needs is known, so that nothing is ever concluded from what is
 * not.
 */
final class Draft {

    private final String number;
    private final Severity severity;
    private final String title;
    private String why = "";
    private String advice = "";
    private String source = "";
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private final Set<Product> products = EnumSet.noneOf(Product.class);
    private final List<Setting> settings = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private Predicate<Look> condition = look -> true;

    private Draft(String number, Severity severity, String title) {
        this.number = number;
        this.severity = severity;
        this.title = title;
    }

    static Draft rule(String number, Severity severity, String title) {
        return new Draft(number, severity, title);
    }

    /** What comes of it. */
    Draft why(String text) {
        why = text;
        return this;
    }

    /** How to mend it, in a sentence. */
    Draft advice(String text) {
        advice = text;
        return this;
    }

    /** The public document. */
    Draft source(String text) {
        source = text;
        return this;
    }

    /** Only for these pools. */
    Draft only(Kind... these) {
        kinds.addAll(List.of(these));
        return this;
    }

    /** Only where the driver of one of these is known. */
    Draft on(Product... these) {
        products.addAll(List.of(these));
        return this;
    }

    /** Only where these are known; the first one's place is that of the finding. */
    Draft needs(Setting... these) {
        settings.addAll(List.of(these));
        return this;
    }

    /** Only where these are known. */
    Draft needs(Fact... these) {
        facts.addAll(List.of(these));
        return this;
    }

    /** Fires where this holds. */
    Draft when(Predicate<Look> holds) {
        condition = holds;
        return this;
    }

    /** Ends a rule that looks at each pool: what it says, and the line to write. */
    Rule says(Function<Look, String> what, Function<Look, String> line) {
        return rule((rule, subject) -> {
            List<Finding> found = new ArrayList<>();
            for (Pool pool : subject.pools()) {
                Look look = new Look(subject, pool);
                if (isAsked(look) && condition.test(look)) {
                    found.add(new Finding(rule, place(look), pool.name(), what.apply(look), line.apply(look)));
                }
            }
            return found;
        });
    }

    /** Ends a rule on the service as a whole, found at its first fact. */
    Rule saysOnce(Function<Look, String> what, Function<Look, String> line) {
        return rule((rule, subject) -> {
            Look look = new Look(subject, null);
            if (!facts.stream().allMatch(look::knows) || !condition.test(look)) {
                return List.of();
            }
            Place place = subject.fact(facts.get(0)).map(Value::place).orElse(Place.of(subject.name()));
            return List.of(new Finding(rule, place, "", what.apply(look), line.apply(look)));
        });
    }

    /** Ends a rule on something that showed while reading. */
    Rule told(Oddity.About about) {
        return rule((rule, subject) -> subject.oddities().stream()
                .filter(oddity -> oddity.about() == about)
                .map(oddity -> new Finding(rule, oddity.place(), "", oddity.what(), oddity.line()))
                .toList());
    }

    /** Ends a rule that looks in its own way. */
    Rule rule(Rule.Inspection inspection) {
        return new Rule(number, severity, title, why, advice, source, inspection);
    }

    private boolean isAsked(Look look) {
        return (kinds.isEmpty() || kinds.contains(look.kind()))
                && (products.isEmpty()
                        || look.pool()
                                .target()
                                .filter(target -> products.contains(target.product()))
                                .isPresent())
                && settings.stream().allMatch(look::knows)
                && facts.stream().allMatch(look::knows);
    }

    private Place place(Look look) {
        if (!settings.isEmpty()) {
            return look.place(settings.get(0));
        }
        return products.isEmpty() ? look.pool().place() : look.place(Setting.URL);
    }
}
