@NullMarked
package dev.weir.benchmarks.compare;

import org.jspecify.annotations.NullMarked;
