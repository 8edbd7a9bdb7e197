/**
 * A JDBC driver that does nothing, at once, so that what is measured is the pool. Its classes are as lean as a driver's can
 * be: the methods that pools and benchmarks call are written by hand, the other few hundred are completed to return nothing.
 */
@NullMarked
package dev.weir.benchmarks.noop;

import org.jspecify.annotations.NullMarked;
