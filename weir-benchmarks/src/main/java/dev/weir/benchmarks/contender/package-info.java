/** The pools that are measured side by side, each with the same size, the same timeout and as far as it can the same safety. */
@NullMarked
package dev.weir.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
