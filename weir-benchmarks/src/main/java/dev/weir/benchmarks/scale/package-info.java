/**
 * How lending grows on machines that are not here. {@link dev.weir.benchmarks.scale.Costs} are measured on this one: what a
 * compare-and-set costs, a cache line that another processor wrote last, a look at a slot, a thread put to sleep and woken.
 * {@link dev.weir.benchmarks.scale.Simulation} lets as many processors as wanted go through the engine's steps and pay
 * them. What it says of two processors can be checked here; what it says of 128 is as good as its costs.
 */
@NullMarked
package dev.weir.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
