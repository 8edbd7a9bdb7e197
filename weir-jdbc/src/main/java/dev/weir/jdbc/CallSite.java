package dev.weir.jdbc;

import dev.weir.pool.StatementReport;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** What the leases of one place in the program came to, as far as they were looked at. Thread-safe, without waiting. */
final class CallSite extends LeastUsed.Entry {

    private static final double NANOS = 1e6;
    private static final int DEEPEST = 200;
    private static final StackWalker WALKER = StackWalker.getInstance();

    /** The classes through which borrowers reach the pool. */
    private static final Set<String> OURS = Set.of(
            "dev.weir.jdbc.CallSite",
            "dev.weir.jdbc.StatementStatistics",
            "dev.weir.jdbc.WeirDataSource",
            "dev.weir.jdbc.CachedQuery",
            "dev.weir.jdbc.hibernate.WeirConnectionProvider");

    /** Libraries that borrow on behalf of a program. */
    private static final String[] BETWEEN = {
        "java.",
        "javax.",
        "jdk.",
        "sun.",
        "org.hibernate.",
        "org.springframework.",
        "org.jooq.",
        "org.jdbi.",
        "org.apache.ibatis.",
        "com.querydsl."
    };

    private final LongAdder held = new LongAdder();
    private final LongAdder busy = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);

    CallSite(String site) {
        super(site);
    }

    /** Where the program is that asks for a connection now: class, method and line. */
    static String here() {
        return WALKER.walk(CallSite::first).orElse("(unknown)");
    }

    private static Optional<String> first(Stream<StackWalker.StackFrame> frames) {
        return frames.limit(DEEPEST)
                .filter(frame -> isProgram(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.getClassName() + "." + frame.getMethodName()
                        + (frame.getLineNumber() < 0 ? "" : ":" + frame.getLineNumber()));
    }

    private static boolean isProgram(String type) {
        for (String library : BETWEEN) {
            if (type.startsWith(library)) {
                return false;
            }
        }
        return !OURS.contains(type);
    }

    void ended(long heldNanos, long busyNanos) {
        uses.increment();
        held.add(heldNanos);
        busy.add(Math.min(heldNanos, busyNanos));
        longest.accumulate(heldNanos);
    }

    StatementReport.CallSite report() {
        return new StatementReport.CallSite(
                name, uses.sum(), held.sum() / NANOS, busy.sum() / NANOS, longest.get() / NANOS);
    }
}
