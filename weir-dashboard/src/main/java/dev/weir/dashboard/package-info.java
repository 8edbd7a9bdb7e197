/** The page, the REST interface and the bounded history behind them. */
@NullMarked
package dev.weir.dashboard;

import org.jspecify.annotations.NullMarked;
