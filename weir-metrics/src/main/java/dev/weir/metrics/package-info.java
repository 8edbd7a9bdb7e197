/** What the pools do, as metrics, events, health and log lines in the ecosystem's own forms. */
@NullMarked
package dev.weir.metrics;

import org.jspecify.annotations.NullMarked;
