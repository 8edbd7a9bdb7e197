package dev.weir.check.rule;

import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Kind;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Pool;
import dev.weir.check.facts.Product;
import dev.weir.check.facts.Setting;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Target;
import dev.weir.check.facts.Unit;
import dev.weir.check.facts.Value;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule's view on one pool of a service. What it asks for without asking whether it is known must be among what the rule needs. */
final class Look {

    static final long MIB = 1 << 20;

    private final Subject subject;
    private final @Nullable Pool pool;

    Look(Subject subject, @Nullable Pool pool) {
        this.subject = subject;
        this.pool = pool;
    }

    Subject subject() {
        return subject;
    }

    Pool pool() {
        if (pool == null) {
            throw new IllegalStateException("a rule on the service as a whole asks for a pool");
        }
        return pool;
    }

    Kind kind() {
        return pool().kind();
    }

    boolean knows(Setting setting) {
        return pool().value(setting).isPresent();
    }

    boolean knows(Fact fact) {
        return subject.fact(fact).isPresent();
    }

    long n(Setting setting) {
        return pool().value(setting).map(Value::number).orElseThrow();
    }

    long n(Fact fact) {
        return subject.fact(fact).map(Value::number).orElseThrow();
    }

    boolean is(Setting setting) {
        return n(setting) != 0;
    }

    boolean is(Fact fact) {
        return n(fact) != 0;
    }

    boolean isWritten(Setting setting) {
        return pool().value(setting).map(Value::written).orElse(false);
    }

    String text(Setting setting) {
        return pool().value(setting).map(Value::text).orElse("");
    }

    /** A setting with its value, in the pool's own words. */
    String shown(Setting setting) {
        return pool().shown(setting);
    }

    /** The line that mends it. */
    String line(Setting setting, long number) {
        return pool().line(setting, number);
    }

    Place place(Setting setting) {
        return pool().value(setting).map(Value::place).orElse(pool().place());
    }

    Target target() {
        return pool().target().orElseThrow();
    }

    boolean isFor(Product product) {
        return pool().target().filter(target -> target.product() == product).isPresent();
    }

    /** What the driver is told; empty when nothing. */
    Optional<String> param(String name) {
        return Optional.ofNullable(target().parameters().get(name));
    }

    /** A number the driver is told; empty when none, or not a number. */
    Optional<Long> paramNumber(String name) {
        return param(name).filter(text -> text.strip().matches("\\d{1,15}")).map(text -> Long.parseLong(text.strip()));
    }

    boolean paramIs(String name, String... values) {
        return param(name)
                .filter(text -> {
                    for (String value : values) {
                        if (text.strip().equalsIgnoreCase(value)) {
                            return true;
                        }
                    }
                    return false;
                })
                .isPresent();
    }

    static String human(long millis) {
        return Unit.human(millis);
    }

    static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", (bytes + MIB / 2) / MIB);
    }
}
