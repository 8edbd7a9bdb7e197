/**
 * What people see of a run. A {@link dev.weir.server.screen.Sample} is drawn as a table on a terminal, or said in one
 * line where there is none; drawing is a function from a sample and a width to lines, so that tests can read it.
 */
@NullMarked
package dev.weir.server.screen;

import org.jspecify.annotations.NullMarked;
