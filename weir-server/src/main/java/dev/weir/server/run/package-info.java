/**
 * The main job, in the order of its life: the {@link dev.weir.server.run.Servers} are started or reached, the tables are made
 * and filled, a {@link dev.weir.server.run.Fleet} of pools is opened over them, users work, and everything is taken down again
 * in the reverse order, whatever happens on the way; what it came to is a {@link dev.weir.server.run.RunReport}.
 * {@link dev.weir.server.run.Stop} carries the wish to end early to whichever step is under way.
 */
@NullMarked
package dev.weir.server.run;

import org.jspecify.annotations.NullMarked;
