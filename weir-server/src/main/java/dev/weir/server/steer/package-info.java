/** The operator's verbs: a running service seen and steered from a terminal, over the dashboard's REST interface. */
@NullMarked
package dev.weir.server.steer;

import org.jspecify.annotations.NullMarked;
