/**
 * Other people's JDBC pools, governed: HikariCP, DBCP2, Tomcat JDBC, Agroal and c3p0.
 *
 * <p>A {@link dev.weir.jdbc.governed.GovernedPool} stands in a manager for a pool that somebody else opened, lends from and
 * may go on to set. A {@code ForeignPool} is one kind of pool, by its own interface; none of these kinds has to be on the
 * class path. {@code Allowance} and its {@code Books} let the pool's maximum follow what the memory budget grants, at each
 * pass of the housekeeper; {@code RestingTimes} infers what is to spare, which no pool tells.
 */
@NullMarked
package dev.weir.jdbc.governed;

import org.jspecify.annotations.NullMarked;
