/** JDBC connections on the Weir engine. */
@NullMarked
package dev.weir.jdbc;

import org.jspecify.annotations.NullMarked;
