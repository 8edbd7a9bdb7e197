/**
 * What a run is told to do. A {@link dev.weir.server.config.RunPlan} comes from the defaults, a YAML file over them, and
 * the options of the command line over both. The file is read strictly: a field nobody knows, a value of the wrong
 * kind, or a setting that cannot work is reported with its line and column, all of them at once, each with the way
 * to mend it.
 */
@NullMarked
package dev.weir.server.config;

import org.jspecify.annotations.NullMarked;
