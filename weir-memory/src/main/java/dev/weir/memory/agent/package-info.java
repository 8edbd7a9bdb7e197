/**
 * The one class that a JVM loads as an agent. It stands alone: in a JVM that was attached to it is all that enters the
 * application's class path.
 */
@NullMarked
package dev.weir.memory.agent;

import org.jspecify.annotations.NullMarked;
