/**
 * The whole of it: a {@link dev.weir.ConnectionPoolManager} registers pools of any kind in the order they depend on
 * each other, watches them, adds up the memory they use, and ends them all with one deadline and a report of what is
 * left.
 */
@NullMarked
package dev.weir;

import org.jspecify.annotations.NullMarked;
