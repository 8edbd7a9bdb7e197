/** The rules, each with its number, its why, its source and its mend. */
@NullMarked
package dev.weir.check.rule;

import org.jspecify.annotations.NullMarked;
