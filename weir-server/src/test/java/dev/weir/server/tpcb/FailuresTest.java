package dev.weir.server.tpcb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.server.tpcb.Failures.Meaning;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {

    @ParameterizedTest
    @CsvSource({"40001, CONFLICT", "40P01, CONFLICT", "40003, ERROR", "23505, ERROR", "08006, ERROR"})
    void onlyAConflictWithOthersIsNoError(String state, Meaning expected) {
        assertThat(Failures.of(new SQLException("no", state))).isEqualTo(expected);
    }

    @Test
    void whatHasNoStateIsAnError() {
        assertThat(Failures.of(new SQLException("no"))).isEqualTo(Meaning.ERROR);
        assertThat(Failures.of(new IllegalStateException("no"))).isEqualTo(Meaning.ERROR);
    }

    @Test
    void kindsAreCountedByTheirFirstLine() {
        Failures failures = new Failures();
        failures.count(new SQLException("broken\nin detail 1", "08006"));
        failures.count(new SQLException("broken\nin detail 2", "08006"));
        assertThat(failures.kinds()).containsExactly(java.util.Map.entry("SQLException 08006: broken", 2L));
    }

    @Test
    void kindsAreBounded() {
        Failures failures = new Failures();
        for (int i = 0; i < 1_000; i++) {
            failures.count(new SQLException("kind " + i));
        }
        assertThat(failures.kinds()).hasSize(11).containsEntry("others", 990L);
    }
}
