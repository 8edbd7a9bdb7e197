/** What Weir costs, beside what its peers cost. */
@NullMarked
package dev.weir.benchmarks;

import org.jspecify.annotations.NullMarked;
