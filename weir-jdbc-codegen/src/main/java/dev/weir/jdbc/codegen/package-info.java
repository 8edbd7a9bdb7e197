/** Writes, at build time, the JDBC delegates that only forward. */
@NullMarked
package dev.weir.jdbc.codegen;

import org.jspecify.annotations.NullMarked;
