/** Facts from what runs: a JVM that is attached to, a database server, a running Weir. */
@NullMarked
package dev.weir.check.live;

import org.jspecify.annotations.NullMarked;
