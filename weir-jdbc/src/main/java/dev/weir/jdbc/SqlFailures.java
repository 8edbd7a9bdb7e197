package dev.weir.jdbc;

import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an exception says about its connection, from its type, its SQLState and its vendor code.
 *
 * <p>SQLStates are those of SQL:2016 (class 08) and of PostgreSQL's appendix A (classes 25, 53, 57); vendor codes are
 * those of MySQL's and MariaDB's server error reference, of Oracle's and of SQL Server's message lists. Vendor codes are believed only
 * together with the SQLState their vendor sends, for the numbers overlap.
 */
final class SqlFailures {

    /** Chains of causes and of next exceptions are followed this far; a driver's cycle ends here. */
    private static final int DEPTH = 16;

    /** Crash, shutdown by the administrator, "cannot connect now", the database was dropped, idle session ended. */
    private static final Set<String> BROKEN_STATES = Set.of("57P02", "57P04", "57P05", "25P03", "JZ0C0", "JZ0C1");

    private static final Set<String> FAILOVER_STATES = Set.of("57P01", "57P03", "25006");

    /** MySQL: gone away (2006), lost (2013), normal shutdown (1053, 1927 killed), read-only (1290, 1836, 3100). */
    private static final Set<Integer> MYSQL_BROKEN =
            Set.of(1042, 1043, 1047, 1077, 1078, 1079, 1927, 2002, 2003, 2006, 2013, 2055, 4031);

    private static final Set<Integer> MYSQL_FAILOVER = Set.of(1053, 1290, 1792, 1836, 3100);

    private static final int MYSQL_OPTION_PREVENTS = 1290;
    private static final Pattern READ_ONLY = Pattern.compile("read[-_]only", Pattern.CASE_INSENSITIVE);

    private static final Set<Integer> MYSQL_FULL = Set.of(1040, 1203, 1226);

    /** Oracle: killed, not connected, end of file, closed connection, no listener. */
    private static final Set<Integer> ORACLE_BROKEN = Set.of(
            28, 600, 1012, 1041, 2396, 3113, 3114, 3135, 12152, 12537, 12541, 12547, 12570, 12583, 17002, 17008, 17410);

    private static final Set<Integer> ORACLE_FAILOVER = Set.of(1033, 1034, 1089, 1090, 1092, 12514, 16456);

    private static final Set<Integer> ORACLE_FULL = Set.of(18, 20, 12516, 12519, 12520);

    /** SQL Server: transport errors as 08S01 need no code; 6005 is shutdown, 3906 a read-only database, 976 a replica. */
    private static final Set<Integer> SQLSERVER_FAILOVER = Set.of(976, 978, 983, 3906, 6005, 40613);

    private SqlFailures() {}

    static FailureVerdict verdict(Throwable failure) {
        FailureVerdict worst = FailureVerdict.OTHER;
        Throwable next = failure;
        for (int i = 0; i < DEPTH && next != null; i++) {
            worst = worse(worst, one(next));
            next = following(next);
        }
        return worst;
    }

    private static FailureVerdict one(Throwable failure) {
        if (failure instanceof ClosedHandleException) {
            return FailureVerdict.OTHER;
        }
        if (failure instanceof SQLException sql) {
            return ofSql(sql);
        }
        boolean socketGone = failure instanceof SocketException
                || failure instanceof SocketTimeoutException
                || failure instanceof EOFException
                || failure instanceof ClosedChannelException;
        return socketGone ? FailureVerdict.BROKEN : FailureVerdict.OTHER;
    }

    private static FailureVerdict ofSql(SQLException failure) {
        String state = failure.getSQLState();
        FailureVerdict byState = state == null ? FailureVerdict.OTHER : ofState(state);
        FailureVerdict byCode = ofCode(failure.getErrorCode(), state, failure.getMessage());
        FailureVerdict said = byCode == FailureVerdict.OTHER ? byState : byCode;
        if (said != FailureVerdict.OTHER) {
            return said;
        }
        boolean lost =
                failure instanceof SQLNonTransientConnectionException || failure instanceof SQLRecoverableException;
        return lost && !(failure.getCause() instanceof SQLTransientConnectionException)
                ? FailureVerdict.BROKEN
                : FailureVerdict.OTHER;
    }

    private static FailureVerdict ofState(String state) {
        if (state.startsWith("08") || BROKEN_STATES.contains(state)) {
            return FailureVerdict.BROKEN;
        }
        if (FAILOVER_STATES.contains(state)) {
            return FailureVerdict.FAILOVER;
        }
        return state.equals("53300") ? FailureVerdict.SERVER_FULL : FailureVerdict.OTHER;
    }

    private static FailureVerdict ofCode(int code, @Nullable String state, @Nullable String message) {
        if (code == 0) {
            return FailureVerdict.OTHER;
        }
        String under = state == null ? "" : state;
        if (mysqlState(under) && !isAboutAnotherOption(code, message)) {
            FailureVerdict mysql = among(code, MYSQL_FULL, MYSQL_FAILOVER, MYSQL_BROKEN);
            if (mysql != FailureVerdict.OTHER) {
                return mysql;
            }
        }
        if (oracleState(under)) {
            FailureVerdict oracle = among(code, ORACLE_FULL, ORACLE_FAILOVER, ORACLE_BROKEN);
            if (oracle != FailureVerdict.OTHER) {
                return oracle;
            }
        }
        return under.startsWith("S0") && SQLSERVER_FAILOVER.contains(code)
                ? FailureVerdict.FAILOVER
                : FailureVerdict.OTHER;
    }

    /** 1290 names the option that forbids the statement, and {@code --secure-file-priv} is no failover. */
    private static boolean isAboutAnotherOption(int code, @Nullable String message) {
        return code == MYSQL_OPTION_PREVENTS
                && (message == null || !READ_ONLY.matcher(message).find());
    }

    private static boolean mysqlState(String state) {
        return state.startsWith("08")
                || state.equals("HY000")
                || state.equals("70100")
                || state.equals("25006")
                || state.equals("42000");
    }

    private static boolean oracleState(String state) {
        return state.startsWith("08")
                || state.equals("61000")
                || state.equals("66000")
                || state.equals("69000")
                || state.equals("72000")
                || state.equals("99999")
                || state.equals("60000");
    }

    private static FailureVerdict among(int code, Set<Integer> full, Set<Integer> failover, Set<Integer> broken) {
        if (full.contains(code)) {
            return FailureVerdict.SERVER_FULL;
        }
        if (failover.contains(code)) {
            return FailureVerdict.FAILOVER;
        }
        return broken.contains(code) ? FailureVerdict.BROKEN : FailureVerdict.OTHER;
    }

    /** "Full" is the most precise word (drivers dress it as a lost connection), then failover, then broken. */
    private static FailureVerdict worse(FailureVerdict a, FailureVerdict b) {
        if (a == FailureVerdict.SERVER_FULL || b == FailureVerdict.SERVER_FULL) {
            return FailureVerdict.SERVER_FULL;
        }
        if (a == FailureVerdict.FAILOVER || b == FailureVerdict.FAILOVER) {
            return FailureVerdict.FAILOVER;
        }
        return a == FailureVerdict.OTHER ? b : a;
    }

    private static @Nullable Throwable following(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure) {
            return cause;
        }
        return failure instanceof SQLException sql ? sql.getNextException() : null;
    }
}
