/**
 * The main job, in the order of its life: a database is started or reached, the tables are made and filled, pools are
 * opened over it, users work, and everything is taken down again in the reverse order, whatever happens on the way.
 * {@link dev.weir.server.run.Stop} carries the wish to end early to whichever step is under way.
 */
@NullMarked
package dev.weir.server.run;

import org.jspecify.annotations.NullMarked;
