/**
 * What happened, told once. Every change a pool makes is published as a {@link dev.weir.event.PoolEvent} on an
 * {@link dev.weir.event.EventStream}, beside the move and outside any lock; histories, alerts, logs and pages are
 * subscribers. A subscriber's failure is counted and never felt by a borrower, and nobody subscribed costs nothing.
 */
@NullMarked
package dev.weir.event;

import org.jspecify.annotations.NullMarked;
