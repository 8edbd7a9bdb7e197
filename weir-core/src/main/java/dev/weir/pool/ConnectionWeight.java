package dev.weir.pool;

/**
 * What one connection was found to hold, in bytes; what nobody could say is negative.
 *
 * @param driverBytes in this process, reached by no other connection
 * @param serverBytes on the server
 * @param serverUsedBytes what the server itself accounts for, of that; well below {@code serverBytes} where its allocator keeps memory
 *     that was freed
 * @param statements prepared statements that the server keeps for the connection
 * @param statementBytes what those take, of {@code serverUsedBytes}
 * @param how how that was found, or why not, in words; no credentials
 */
public record ConnectionWeight(
        long driverBytes, long serverBytes, long serverUsedBytes, long statements, long statementBytes, String how) {

    private static final long UNKNOWN = -1;

    /** Nobody could say anything, for this reason. */
    public static ConnectionWeight unknown(String why) {
        return new ConnectionWeight(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, why);
    }

    /** What the server tells, all in one figure. */
    public static ConnectionWeight onServer(long bytes, String how) {
        return new ConnectionWeight(UNKNOWN, bytes, bytes, UNKNOWN, UNKNOWN, how);
    }

    /** The same, with what the connection holds in this process. */
    public ConnectionWeight withDriverBytes(long bytes) {
        return new ConnectionWeight(bytes, serverBytes, serverUsedBytes, statements, statementBytes, how);
    }

    /** Whether anything is known. */
    public boolean isKnown() {
        return driverBytes >= 0 || serverBytes >= 0;
    }

    /** What is known, together. */
    public long totalBytes() {
        return Math.max(0, driverBytes) + Math.max(0, serverBytes);
    }
}
