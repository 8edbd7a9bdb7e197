package dev.weir.server.tpcb;

import dev.weir.server.load.Meaning;
import dev.weir.server.load.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** A user who sends TPC-B's transactions. Used by one thread. */
public final class TpcbWork implements Work {

    private final DataSource source;
    private final TpcbSql sql;
    private final int scale;
    private final RandomGenerator random;
    /** Whether the latest transaction may have been committed; also when giving the connection back failed after it. */
    private boolean committing;

    /** A user of that source, over tables of that scale. */
    public TpcbWork(DataSource source, TpcbSql sql, int scale, RandomGenerator random) {
        this.source = source;
        this.sql = sql;
        this.scale = scale;
        this.random = random;
    }

    @Override
    public void next() throws SQLException {
        TpcbTransaction transaction = TpcbTransaction.draw(random, scale);
        committing = false;
        try (Connection connection = source.getConnection()) {
            transaction.run(connection, sql);
            committing = true;
            connection.commit();
        }
    }

    @Override
    public Meaning meaning(Throwable failure) {
        Meaning meaning = Meaning.of(failure);
        if (meaning != Meaning.ERROR) {
            return meaning;
        }
        if (isConflict(failure)) {
            return Meaning.CONFLICT;
        }
        return committing ? Meaning.UNCERTAIN : Meaning.ERROR;
    }

    /** Class 40 is "transaction rollback"; 40003 alone leaves open whether it was. */
    static boolean isConflict(Throwable failure) {
        String state = failure instanceof SQLException sql ? sql.getSQLState() : null;
        return state != null && state.startsWith("40") && !state.equals("40003");
    }
}
