/** Time as a parameter: everything that waits or ages asks a {@link dev.weir.time.Ticker}. */
@NullMarked
package dev.weir.time;

import org.jspecify.annotations.NullMarked;
