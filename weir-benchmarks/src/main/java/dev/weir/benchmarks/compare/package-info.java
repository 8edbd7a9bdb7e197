/**
 * {@code ./weir compare}: the same service twice, once on the pools it had before and once on Weir, under the same offered load,
 * with the memory of the whole beside its throughput and its tail.
 *
 * <p>Four kinds of processes: this one starts the others and reads what they hold; a PostgreSQL and a Redis, fresh for each trial;
 * the service ({@link dev.weir.benchmarks.compare.ServiceMain}); and the load ({@link dev.weir.benchmarks.compare.LoadMain}), which
 * is counted nowhere. A trial is one {@link dev.weir.benchmarks.compare.Setup} under one {@link dev.weir.benchmarks.compare.Shape}.
 */
@NullMarked
package dev.weir.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
