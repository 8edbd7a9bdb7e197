/**
 * The engine. A {@link dev.weir.pool.Pool} lends connections that a {@link dev.weir.pool.Connector} makes. Each
 * {@link dev.weir.pool.Slot} is a place for one connection; its state and the epoch of its lease live in one word, and
 * one compare-and-set on that word is all it takes to lease a connection or to give it back. Requests that find nothing
 * idle wait in a bounded queue; worker threads connect, check and close; one housekeeper looks after every pool of the
 * process.
 */
@NullMarked
package dev.weir.pool;

import org.jspecify.annotations.NullMarked;
