package dev.weir.benchmarks;

import dev.weir.benchmarks.contender.Contenders;
import dev.weir.benchmarks.contender.OpenPool;
import dev.weir.benchmarks.contender.PoolSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A lease and its return, on connections that do nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@SuppressWarnings("NullAway.Init") // JMH sets the fields
public class LeaseBench {

    /** Whom a pool starves must not hold up the run. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Id of the pool. */
    @Param("weir")
    public String pool;

    /** Its connections. */
    @Param("32")
    public int size;

    private OpenPool opened;
    private DataSource dataSource;

    /** What became of the borrowers that got nothing. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Refused {
        /** Borrowers that waited in vain for their whole timeout. */
        public long timedOut;
    }

    /** Opens and fills the pool. */
    @Setup
    public void open() throws Exception {
        opened = Borrowers.open(Contenders.of(pool), PoolSpec.noop(size).withTimeout(PATIENCE));
        dataSource = opened.dataSource();
    }

    /** Closes the pool. */
    @TearDown
    public void close() throws Exception {
        opened.close();
    }

    /** Borrows and gives back. */
    @Benchmark
    public @Nullable Connection cycle(Refused refused) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection;
        } catch (SQLException nothing) {
            refused.timedOut++;
            return null;
        }
    }

    /** Borrows, reads one row by a prepared statement, and gives back. */
    @Benchmark
    public int statement() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select 1");
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getInt(1) : 0;
        }
    }
}
