/**
 * What the pools do, as metrics, events, health and log lines in the ecosystem's own forms.
 *
 * <p>Each of them stands alone and needs only its own library: {@link dev.weir.metrics.WeirMetrics} Micrometer, {@link
 * dev.weir.metrics.WeirLog} SLF4J, {@link dev.weir.metrics.WeirMBeans}, {@link dev.weir.metrics.Health} and {@link
 * dev.weir.metrics.jfr.FlightEvents} the JDK alone. All of them look at a {@link dev.weir.ConnectionPoolManager} from outside:
 * they read snapshots, and hear of events that happen beside a borrower's path. A {@link dev.weir.metrics.Roll} keeps in
 * step with the pools that come and go.
 */
@NullMarked
package dev.weir.metrics;

import org.jspecify.annotations.NullMarked;
