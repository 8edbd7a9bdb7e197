package dev.weir.benchmarks.contender;

import dev.weir.benchmarks.noop.NoopDriver;
import java.time.Duration;

/**
 * What every pool of a row is asked to be.
 *
 * @param driver class of the JDBC driver
 * @param url what to connect to
 * @param user the user, or empty
 * @param password the password, or empty
 * @param min connections kept open, and opened at the start
 * @param max connections never exceeded
 * @param timeout how long a borrower may wait
 * @param lifetime after which connections are replaced, in whole seconds; zero: as the pool has it
 */
public record PoolSpec(
        String driver,
        String url,
        String user,
        String password,
        int min,
        int max,
        Duration timeout,
        Duration lifetime) {

    private static final Duration PATIENT = Duration.ofMinutes(1);

    /** A full pool of connections that do nothing. */
    public static PoolSpec noop(int size) {
        return new PoolSpec(NoopDriver.class.getName(), NoopDriver.url(0), "", "", size, size, PATIENT, Duration.ZERO);
    }

    /** The same, with another minimum. */
    public PoolSpec withMin(int value) {
        return new PoolSpec(driver, url, user, password, value, max, timeout, lifetime);
    }

    /** The same, with another timeout. */
    public PoolSpec withTimeout(Duration value) {
        return new PoolSpec(driver, url, user, password, min, max, value, lifetime);
    }

    /** The same, with connects that take this long. */
    public PoolSpec withConnectMillis(int value) {
        return new PoolSpec(driver, NoopDriver.url(value), user, password, min, max, timeout, lifetime);
    }

    /** The same, with connections that live this long. */
    public PoolSpec withLifetime(Duration value) {
        return new PoolSpec(driver, url, user, password, min, max, timeout, value);
    }

    @Override
    public String toString() {
        return url + " min " + min + " max " + max;
    }
}
