package dev.weir.benchmarks;

import java.util.List;

/** Measures one pool, in the JVM it is called in. */
@FunctionalInterface
interface Work {

    /** The only variant of a row that has no variants of its own. */
    String WHOLE = "";

    /** For a row whose forks are led by their parent. */
    Work ELSEWHERE = subject -> {
        throw new IllegalStateException("this row is not measured by one fork alone");
    };

    List<Figure> measure(Subject subject) throws Exception;

    /** Who takes part, where it is not the JDBC pools: Weir's first. Empty where it is. */
    default List<String> contenders() {
        return List.of();
    }

    /** The parts that can each have a JVM of its own. */
    default List<String> variants() {
        return List.of(WHOLE);
    }
}
