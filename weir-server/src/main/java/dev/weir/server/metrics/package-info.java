/** What a run tells of its pools to monitoring: an endpoint for Prometheus and health checks, JMX, and the Flight Recorder. */
@NullMarked
package dev.weir.server.metrics;

import org.jspecify.annotations.NullMarked;
