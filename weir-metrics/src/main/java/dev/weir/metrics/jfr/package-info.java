/**
 * What happens to connections, as events of the JDK's Flight Recorder: {@link dev.weir.metrics.jfr.FlightEvents} writes one for
 * every step of a connection's life. The other classes are the events; their names and fields are what people filter by.
 */
@NullMarked
package dev.weir.metrics.jfr;

import org.jspecify.annotations.NullMarked;
