package dev.weir.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void kindsAreCountedByTheirFirstLine() {
        Failures failures = new Failures();
        failures.count(new SQLException("broken\nin detail 1", "08006"));
        failures.count(new SQLException("broken\nin detail 2", "08006"));
        assertThat(failures.kinds()).containsExactly(Map.entry("SQLException 08006: broken", 2L));
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
