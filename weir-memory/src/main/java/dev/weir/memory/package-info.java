/** Who owns the memory of a process: measured, by owner, with the evidence. */
@NullMarked
package dev.weir.memory;

import org.jspecify.annotations.NullMarked;
