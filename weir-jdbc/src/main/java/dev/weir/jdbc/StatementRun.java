package dev.weir.jdbc;

/** A statement under way: who runs it, which it is, and since when. */
final class StatementRun {

    final LeasedStatement statement;
    final StatementUse use;
    final long since = System.nanoTime();
    /** Written by the thread that runs it. */
    private boolean failed;

    StatementRun(LeasedStatement statement, StatementUse use) {
        this.statement = statement;
        this.use = use;
    }

    void failed() {
        failed = true;
    }

    /** Counts it, and answers how long it took, in nanoseconds. */
    long end() {
        long took = System.nanoTime() - since;
        use.ran(took, failed);
        return took;
    }
}
