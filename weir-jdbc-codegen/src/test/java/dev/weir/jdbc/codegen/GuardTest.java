package dev.weir.jdbc.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GuardTest {

    @Test
    void readingAColumnIsLight() {
        assertThat(Guard.of("ResultSet", "getInt")).isEqualTo(Guard.LIGHT);
        assertThat(Guard.of("PreparedStatement", "setObject")).isEqualTo(Guard.LIGHT);
    }

    @Test
    void whatTheServerMayHearIsCountedAsInside() {
        assertThat(Guard.of("Connection", "commit")).isEqualTo(Guard.WIRE);
        assertThat(Guard.of("Connection", "someMethodOfALaterJdbc")).isEqualTo(Guard.WIRE);
        assertThat(Guard.of("DatabaseMetaData", "getTables")).isEqualTo(Guard.WIRE);
        assertThat(Guard.of("ResultSet", "updateRow")).isEqualTo(Guard.WIRE);
    }

    @Test
    void everyWayToRunAStatementIsUnderTheQueryTimeout() {
        assertThat(Guard.of("Statement", "executeLargeBatch")).isEqualTo(Guard.RUN);
        assertThat(Guard.of("PreparedStatement", "executeQuery")).isEqualTo(Guard.RUN);
    }

    @Test
    void closingIsWrittenByHand() {
        assertThat(Guard.of("Connection", "close")).isEqualTo(Guard.BY_HAND);
        assertThat(Guard.of("ResultSet", "getStatement")).isEqualTo(Guard.BY_HAND);
        assertThat(Guard.of("Connection", "abort")).isEqualTo(Guard.BY_HAND);
    }
}
