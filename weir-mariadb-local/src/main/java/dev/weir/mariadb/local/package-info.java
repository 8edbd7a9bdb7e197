/** A throw-away MariaDB server for tests. */
@NullMarked
package dev.weir.mariadb.local;

import org.jspecify.annotations.NullMarked;
