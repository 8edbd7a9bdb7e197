package dev.weir.jdbc;

/**
 * What borrowers left on their connections and Weir cleaned up, since the start.
 *
 * @param statementsLeftOpen statements that borrowers left open and Weir closed
 * @param rollbacks leases that ended with a rollback of work their borrower had not committed, or might not have
 * @param sessionsUndone leases that ended with session state undone
 * @param retiredDirty leases that ended with a connection that could not be brought back to a clean state
 * @param statementsCancelled statements cancelled because they ran longer than the query timeout
 * @param connectionsAborted connections aborted because cancelling did not help
 */
public record JdbcCounts(
        long statementsLeftOpen,
        long rollbacks,
        long sessionsUndone,
        long retiredDirty,
        long statementsCancelled,
        long connectionsAborted) {

    static JdbcCounts of(JdbcPool pool) {
        return new JdbcCounts(
                pool.statementsLeftOpen.sum(),
                pool.rollbacks.sum(),
                pool.sessionsUndone.sum(),
                pool.retiredDirty.sum(),
                pool.statementsCancelled.sum(),
                pool.connectionsAborted.sum());
    }
}
