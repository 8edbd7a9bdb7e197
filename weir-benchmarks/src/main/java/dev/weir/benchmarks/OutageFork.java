package dev.weir.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import dev.weir.benchmarks.outage.Bystanders;
import dev.weir.benchmarks.outage.Fault;
import dev.weir.benchmarks.outage.Tally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a JVM that works on one pool while its server fails: arguments are the pool and the effort. Its parent
 * makes the faults and tells of them by lines on standard input: {@code begin FAULT URL}, {@code rest}, {@code over}. It
 * answers with lines that begin with {@value #SAYS}: {@code ready}, {@code resting}, and the figures.
 */
final class OutageFork {

    /** Begins a line for the parent; pools write to standard output, too. */
    static final String SAYS = "@bench ";

    /** How long a borrower may wait for a connection. */
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String pool;
    private final boolean quick;
    private final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    private OutageFork(String pool, boolean quick) {
        this.pool = pool;
        this.quick = quick;
    }

    @SuppressWarnings("CatchAndPrintStackTrace") // whoever started this JVM reads it
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            new OutageFork(arguments[0], Effort.valueOf(arguments[1]) != Effort.FULL).obey();
            exit = 0;
        } catch (Exception | LinkageError failed) {
            failed.printStackTrace();
        }
        Runtime.getRuntime().halt(exit);
    }

    private void obey() throws Exception {
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 3);
            List<Figure> figures = suffer(Fault.valueOf(words[1]), words[2]);
            say(new ObjectMapper().writeValueAsString(figures));
        }
    }

    private static void say(String what) {
        System.out.println(SAYS + what);
        System.out.flush();
    }

    private List<Figure> suffer(Fault fault, String url) throws Exception {
        Map<String, String> server = System.getenv();
        PoolSpec spec = new PoolSpec(
                "org.postgresql.Driver",
                url,
                server.getOrDefault(PostgresWork.USER, ""),
                server.getOrDefault(PostgresWork.PASSWORD, ""),
                Bystanders.THREADS,
                Bystanders.THREADS,
                TIMEOUT,
                Duration.ZERO);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        OpenPool opened = Contenders.of(pool).open(spec);
        fill(opened.dataSource());
        Bystanders bystanders = new Bystanders(opened.dataSource(), TIMEOUT);
        bystanders.start();
        say("ready");
        for (String order = orders.readLine(); !"over".equals(order); order = orders.readLine()) {
            if (order == null) {
                throw new IOException("left alone");
            }
            bystanders.rest(Duration.ofSeconds(2));
            say("resting");
        }
        bystanders.faultIsOver();
        bystanders.untilCalm(Duration.ofMillis(quick ? 400 : 1_500), Duration.ofMillis(quick ? 1_500 : 10_000));
        Tally tally = bystanders.stop(TIMEOUT.plusSeconds(quick ? 3 : 6));
        int lost = tally.stuck() == 0 ? lost(opened) : tally.stuck();
        double closing = close(opened);
        return figures(fault, tally, lost, closing, threadsSince(before));
    }

    /** The server may have its hands full with the other pools. */
    private static void fill(DataSource pool) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                Borrowers.fill(pool, Bystanders.THREADS);
                return;
            } catch (SQLException late) {
                if (attempt == 10) {
                    throw late;
                }
            }
        }
    }

    /** Connections that the pool cannot lend any more. */
    private static int lost(OpenPool pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < Bystanders.THREADS; i++) {
                all.add(pool.dataSource().getConnection());
            }
        } catch (SQLException refused) {
            return Bystanders.THREADS - all.size();
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
        return 0;
    }

    /** Milliseconds that closing took, at most 5,000; a pool that fails to close has left something behind, which shows. */
    private static double close(OpenPool pool) throws InterruptedException {
        long begin = System.nanoTime();
        Thread closing = new Thread(pool::close, "bystander-closing");
        closing.setDaemon(true);
        closing.setUncaughtExceptionHandler((thread, failure) -> failure.printStackTrace());
        closing.start();
        closing.join(5_000);
        return (System.nanoTime() - begin) / 1e6;
    }

    /** Threads that came with the pool and are still there, after a moment; the driver's own and ours do not count. */
    private int threadsSince(Set<Thread> before) {
        long deadline = System.nanoTime() + (quick ? 500 : 3_000) * 1_000_000L;
        while (true) {
            Set<Thread> now = new HashSet<>(Thread.getAllStackTraces().keySet());
            now.removeAll(before);
            now.removeIf(thread -> thread.getName().startsWith("PostgreSQL-JDBC")
                    || thread.getName().startsWith("bystander-")
                    || thread.getName().startsWith("ForkJoinPool.commonPool")
                    || !thread.isAlive());
            if (now.isEmpty() || System.nanoTime() - deadline > 0) {
                return now.size();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private List<Figure> figures(Fault fault, Tally tally, int lost, double closing, int threads) {
        List<Figure> figures = new ArrayList<>();
        String variant = fault.title();
        figures.add(figure(variant, "over timeout", tally.overMillis(), "ms"));
        figures.add(figure(variant, "first good answer", nullable(tally.firstGoodMillis()), "ms"));
        figures.add(figure(variant, "dead lent after", tally.deadLent(), ""));
        figures.add(figure(variant, "stuck threads", tally.stuck(), ""));
        figures.add(figure(variant, "connections lost", lost, ""));
        figures.add(figure(variant, "wrong answers", tally.wrong(), ""));
        figures.add(figure(variant, "answers", tally.answers(), ""));
        figures.add(figure(variant, "refused", tally.refused(), ""));
        figures.add(figure(variant, "broken", tally.broken(), ""));
        figures.add(figure(variant, "close", closing, "ms"));
        figures.add(figure(variant, "threads left", threads, ""));
        figures.removeIf(figure -> Double.isNaN(figure.value()));
        return figures;
    }

    /** No answer at all is no figure; the table has a gap there. */
    private static double nullable(double millis) {
        return millis < 0 ? Double.NaN : millis;
    }

    private Figure figure(String variant, String metric, double value, @Nullable String unit) {
        return Figure.of(Row.OUTAGE, variant, pool, metric, value, unit == null ? "" : unit);
    }
}
