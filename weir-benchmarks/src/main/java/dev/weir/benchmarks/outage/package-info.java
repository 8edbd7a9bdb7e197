/**
 * What goes wrong between a pool and its database, made to happen on purpose: {@link dev.weir.benchmarks.outage.Fault} names
 * it, {@link dev.weir.benchmarks.outage.FaultyProxy} is the network that fails, and {@link
 * dev.weir.benchmarks.outage.Bystanders} are the threads that only wanted to work and note what became of them.
 */
@NullMarked
package dev.weir.benchmarks.outage;

import org.jspecify.annotations.NullMarked;
