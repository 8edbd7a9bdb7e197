/**
 * What a pool remembers of itself, and when it calls for help. {@link dev.weir.monitor.PoolHistories} keep samples,
 * scaling decisions, alerts and leaks, each bounded in entries and bytes by construction;
 * {@link dev.weir.monitor.Alerts} judge every sample by {@link dev.weir.monitor.AlertRule}s. Nothing here has a thread
 * of its own: the pools' housekeeper passes by and the {@link dev.weir.monitor.Monitor} takes its samples.
 */
@NullMarked
package dev.weir.monitor;

import org.jspecify.annotations.NullMarked;
