package dev.weir.jdbc.governed;

/**
 * A governed pool's part of the memory budget.
 *
 * @param bytesPerConnection what each of its connections is taken to cost
 * @param floorBytes set aside for it; at least one connection, for no pool can be set to none
 * @param weight its part when pools compete for what no floor sets aside
 * @param ceilingBytes never exceeded
 */
record BudgetShare(long bytesPerConnection, long floorBytes, int weight, long ceilingBytes) {

    /** What a connection costs the JVM, measured with pgjdbc: 51 kB idle and some more in use. */
    static final long ESTIMATED_BYTES = 64 << 10;

    BudgetShare {
        if (bytesPerConnection < 1) {
            throw new IllegalArgumentException("bytesPerConnection is " + bytesPerConnection + ": use 1 or more");
        }
        if (floorBytes < 0 || weight < 1 || ceilingBytes < floorBytes) {
            throw new IllegalArgumentException("a floor of " + floorBytes + ", a weight of " + weight
                    + " and a ceiling of " + ceilingBytes
                    + ": use a floor of 0 or more bytes, a weight of 1 or more, and a ceiling not below the floor");
        }
        floorBytes = Math.max(floorBytes, bytesPerConnection);
        ceilingBytes = Math.max(ceilingBytes, floorBytes);
    }
}
