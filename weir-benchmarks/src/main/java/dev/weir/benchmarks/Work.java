package dev.weir.benchmarks;

import java.util.List;

/** Measures one pool, in the JVM it is called in. */
@FunctionalInterface
interface Work {

    List<Figure> measure(Subject subject) throws Exception;
}
