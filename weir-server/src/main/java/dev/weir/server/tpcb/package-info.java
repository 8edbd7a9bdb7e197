/**
 * The load: TPC-B as PostgreSQL's own {@code pgbench} defines it. {@link dev.weir.server.tpcb.TpcbSchema} makes and
 * fills the four tables, {@link dev.weir.server.tpcb.TpcbTransaction} is the transaction,
 * {@link dev.weir.server.tpcb.TpcbWork} is a user who sends one after the other, and
 * {@link dev.weir.server.tpcb.TpcbInvariant} proves in the end that every one of them was carried out whole and once.
 *
 * @see <a href="https://www.postgresql.org/docs/17/pgbench.html">pgbench</a>
 */
@NullMarked
package dev.weir.server.tpcb;

import org.jspecify.annotations.NullMarked;
