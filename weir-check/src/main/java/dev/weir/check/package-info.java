/** An audit of a configuration or a running JVM against written rules. */
@NullMarked
package dev.weir.check;

import org.jspecify.annotations.NullMarked;
