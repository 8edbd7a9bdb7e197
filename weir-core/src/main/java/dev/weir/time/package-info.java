/**
 * Time as a parameter. A {@link dev.weir.time.Ticker} tells the time and parks threads by it; tests pass a
 * {@link dev.weir.time.ManualTicker} and move time by hand.
 */
@NullMarked
package dev.weir.time;

import org.jspecify.annotations.NullMarked;
