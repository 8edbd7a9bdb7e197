package dev.weir.dashboard;

import dev.weir.pool.ConnectionKind;
import dev.weir.pool.ManagedPool;
import dev.weir.pool.StatementReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * The statements of pools, without their literals; times in milliseconds.
 *
 * @param statements those that took most time, those that ran most often and those that took longest
 * @param running what runs now, the oldest first
 * @param callSites where connections are borrowed, the most time held first
 * @param caches caches of results that were used
 * @param unmeasured pools that could tell of their statements and are not asked to
 * @param forgotten statements and call sites that made room for others
 */
record Queries(
        List<Statement> statements,
        List<Running> running,
        List<CallSite> callSites,
        List<Cache> caches,
        List<String> unmeasured,
        long forgotten) {

    /** The most statements of each of the three kinds. */
    static final int MOST = 200;

    /** A statement of a pool. */
    record Statement(String pool, String text, long runs, long errors, double totalMs, double meanMs, double maxMs) {}

    /** A statement that runs now. */
    record Running(String pool, String text, double forMs) {}

    /** A call site; {@code busyMs} of {@code heldMs} the server worked for it. */
    record CallSite(String pool, String site, long samples, double heldMs, double busyMs, double maxHeldMs) {}

    /** A cache of results. */
    record Cache(String pool, long entries, long bytes, long hits, long misses, long notCached) {}

    static Queries of(Collection<ManagedPool> pools) {
        List<Statement> statements = new ArrayList<>();
        List<Running> running = new ArrayList<>();
        List<CallSite> sites = new ArrayList<>();
        List<Cache> caches = new ArrayList<>();
        List<String> unmeasured = new ArrayList<>();
        long forgotten = 0;
        for (ManagedPool pool : pools) {
            String name = pool.name();
            StatementReport report = pool.statements();
            report.statements().forEach(one -> statements.add(of(name, one)));
            report.running().forEach(one -> running.add(new Running(name, one.text(), one.forMs())));
            report.callSites()
                    .forEach(one -> sites.add(new CallSite(
                            name, one.site(), one.samples(), one.heldMs(), one.busyMs(), one.maxHeldMs())));
            StatementReport.Cache cache = report.cache();
            if (cache != null) {
                caches.add(new Cache(
                        name, cache.entries(), cache.bytes(), cache.hits(), cache.misses(), cache.notCached()));
            }
            if (!report.measured() && pool.connectionKind() == ConnectionKind.JDBC && !pool.governed()) {
                unmeasured.add(name);
            }
            forgotten += report.forgotten();
        }
        return new Queries(
                most(statements),
                first(running, Running::forMs, MOST),
                first(sites, CallSite::heldMs, MOST),
                caches,
                unmeasured,
                forgotten);
    }

    private static Statement of(String pool, StatementReport.Statement one) {
        return new Statement(
                pool,
                one.text(),
                one.runs(),
                one.errors(),
                one.totalMs(),
                one.runs() == 0 ? 0 : one.totalMs() / one.runs(),
                one.maxMs());
    }

    private static List<Statement> most(List<Statement> all) {
        Set<Statement> chosen = new LinkedHashSet<>(first(all, Statement::totalMs, MOST));
        chosen.addAll(first(all, Statement::runs, MOST));
        chosen.addAll(first(all, Statement::maxMs, MOST));
        return List.copyOf(chosen);
    }

    private static <E> List<E> first(List<E> all, ToDoubleFunction<E> by, int most) {
        return all.stream()
                .sorted(Comparator.comparingDouble(by).reversed())
                .limit(most)
                .toList();
    }
}
