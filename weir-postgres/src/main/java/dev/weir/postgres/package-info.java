/**
 * A throw-away PostgreSQL server for trying things out and for tests of outages.
 *
 * <p>{@link dev.weir.postgres.LocalPostgres} unpacks the server's binaries from the class path, makes a cluster in a temporary
 * directory and runs it on a free port of the loopback interface. A small shell script, the guardian, stands between
 * the JVM and the server: it keeps the terminal's Ctrl-C away from the server, and when the JVM ends, even by SIGKILL,
 * it stops the server and removes its files.
 */
@NullMarked
package dev.weir.postgres;

import org.jspecify.annotations.NullMarked;
