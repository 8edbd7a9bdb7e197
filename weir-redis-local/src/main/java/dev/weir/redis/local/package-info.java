/**
 * A throw-away Redis server for trying things out and for tests of outages.
 *
 * <p>{@link dev.weir.redis.local.LocalRedis} unpacks the server's binary from the class path and runs it in a temporary
 * directory on a free port of the loopback interface. A small shell script, the guardian, stands between the JVM and the
 * server: it keeps the terminal's Ctrl-C away from the server, and when the JVM ends, even by SIGKILL, it ends the server
 * and removes its files.
 */
@NullMarked
package dev.weir.redis.local;

import org.jspecify.annotations.NullMarked;
