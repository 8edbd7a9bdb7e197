package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DriverTest {

    @Test
    void thePostgresDriverIsOnTheTestPath() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:postgresql://localhost/weir")).isNotNull();
    }
}
