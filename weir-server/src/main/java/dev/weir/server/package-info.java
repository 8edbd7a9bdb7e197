/** The command line and the runnable service. */
@NullMarked
package dev.weir.server;

import org.jspecify.annotations.NullMarked;
