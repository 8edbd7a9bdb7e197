package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "08006, 0, BROKEN",
        "57P02, 0, BROKEN",
        "57P01, 0, FAILOVER",
        "57P03, 0, FAILOVER",
        "25006, 0, FAILOVER",
        "53300, 0, SERVER_FULL",
        "08004, 1040, SERVER_FULL",
        "42000, 1203, SERVER_FULL",
        "08S01, 1053, FAILOVER",
        "70100, 1927, BROKEN",
        "HY000, 2006, BROKEN",
        "61000, 28, BROKEN",
        "08006, 17410, BROKEN",
        "S0001, 3906, FAILOVER",
        "23505, 0, OTHER",
        "42000, 1064, OTHER",
        "57014, 0, OTHER",
        "40001, 0, OTHER",
        "22012, 28, OTHER",
    })
    void readsStateAndCode(String state, int code, FailureVerdict verdict) {
        assertThat(SqlFailures.verdict(new SQLException("x", state, code))).isEqualTo(verdict);
    }

    @Test
    void anOptionThatForbidsAStatementIsAFailoverOnlyIfItMakesTheServerReadOnly() {
        String told = "The MySQL server is running with the --%s option so it cannot execute this statement";
        assertThat(SqlFailures.verdict(new SQLException(told.formatted("read-only"), "HY000", 1290)))
                .isEqualTo(FailureVerdict.FAILOVER);
        assertThat(SqlFailures.verdict(new SQLException(told.formatted("super-read-only"), "HY000", 1290)))
                .isEqualTo(FailureVerdict.FAILOVER);
        assertThat(SqlFailures.verdict(new SQLException(told.formatted("secure-file-priv"), "HY000", 1290)))
                .isEqualTo(FailureVerdict.OTHER);
    }

    @Test
    void readsTheType() {
        assertThat(SqlFailures.verdict(new SQLNonTransientConnectionException("x")))
                .isEqualTo(FailureVerdict.BROKEN);
        assertThat(SqlFailures.verdict(new SQLRecoverableException("x"))).isEqualTo(FailureVerdict.BROKEN);
        assertThat(SqlFailures.verdict(new SQLTransientConnectionException("x")))
                .isEqualTo(FailureVerdict.OTHER);
    }

    @Test
    void looksForALostSocketBehindTheException() {
        assertThat(SqlFailures.verdict(new SQLException("x", new RuntimeException(new EOFException()))))
                .isEqualTo(FailureVerdict.BROKEN);
    }

    @Test
    void followsNextExceptions() {
        SQLException batch = new SQLException("batch", "23505");
        batch.setNextException(new SQLException("gone", "08006"));
        assertThat(SqlFailures.verdict(batch)).isEqualTo(FailureVerdict.BROKEN);
    }

    @Test
    void aReadThatTimedOutLeavesTheProtocolHalfRead() {
        assertThat(SqlFailures.verdict(new SQLException("x", "HY000", new SocketTimeoutException())))
                .isEqualTo(FailureVerdict.BROKEN);
    }

    @Test
    void aClosedHandleSaysNothingAboutTheConnection() {
        assertThat(SqlFailures.verdict(ClosedHandleException.connection())).isEqualTo(FailureVerdict.OTHER);
    }

    @Test
    void aCycleOfCausesEnds() {
        SQLException first = new SQLException("a");
        SQLException second = new SQLException("b", first);
        first.initCause(second);
        assertThat(SqlFailures.verdict(first)).isEqualTo(FailureVerdict.OTHER);
    }
}
