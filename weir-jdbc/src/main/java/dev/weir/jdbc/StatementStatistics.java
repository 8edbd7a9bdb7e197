package dev.weir.jdbc;

import dev.weir.pool.StatementReport;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Which statements run how often and how long, and how well the connections are used that they run on: of a pool that asked
 * for it. Borrowers share no lock here, and what it remembers is bounded: {@value #STATEMENTS} statements of at most {@value
 * StatementText#LONGEST} characters, {@value #SITES} call sites. Thread-safe.
 */
final class StatementStatistics {

    static final int STATEMENTS = 200;
    static final int SITES = 100;

    /** One in so many leases is looked at, and not more than a hundred a second: to walk a stack takes tens of microseconds. */
    private static final int ONE_IN = 8;

    private static final long APART_NANOS = 10_000_000;
    private static final String BATCH = "(batch of statements)";

    private final LeastUsed<StatementUse> statements = new LeastUsed<>(STATEMENTS, StatementUse::new);
    private final LeastUsed<CallSite> sites = new LeastUsed<>(SITES, CallSite::new);
    private final Set<PhysicalConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime() - APART_NANOS);

    /** What a text is counted under; {@code null} where there is no room for it now. */
    @Nullable StatementUse use(String sql, Dialect dialect) {
        return statements.find(StatementText.of(sql, dialect));
    }

    /** A statement begins; {@code null} where it is not counted. */
    @Nullable StatementRun begin(LeasedStatement statement, SqlMemo.Entry read) {
        StatementUse known = read.use();
        StatementUse use =
                known != null ? statements.find(known) : read.sql().isEmpty() ? statements.find(BATCH) : null;
        return use == null ? null : new StatementRun(statement, use);
    }

    /** A lease begins, on the borrower's thread: now and then it is looked at. */
    void leased(PhysicalConnection connection) {
        if (ThreadLocalRandom.current().nextInt(ONE_IN) != 0) {
            return;
        }
        long before = lookedAt.get();
        long now = System.nanoTime();
        if (now - before >= APART_NANOS && lookedAt.compareAndSet(before, now)) {
            CallSite site = sites.find(CallSite.here());
            if (site != null) {
                connection.watched(new Hold(site));
            }
        }
    }

    void opened(PhysicalConnection connection) {
        connections.add(connection);
    }

    void closed(PhysicalConnection connection) {
        connections.remove(connection);
    }

    StatementReport report(StatementReport.@Nullable Cache cache) {
        long now = System.nanoTime();
        return new StatementReport(
                true,
                statements.all().stream().map(StatementUse::report).toList(),
                connections.stream()
                        .map(PhysicalConnection::timed)
                        .filter(run -> run != null)
                        .map(run -> new StatementReport.Running(run.use.name, Math.max(0, now - run.since) / 1e6))
                        .sorted(Comparator.comparingDouble(StatementReport.Running::forMs)
                                .reversed())
                        .toList(),
                sites.all().stream().map(CallSite::report).toList(),
                cache,
                statements.forgotten() + sites.forgotten());
    }
}
