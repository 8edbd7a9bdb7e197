/** A pool for each of many tenants on one memory budget, with a hot set that moves: {@code ./weir bench tenants}. */
@NullMarked
package dev.weir.benchmarks.tenants;

import org.jspecify.annotations.NullMarked;
