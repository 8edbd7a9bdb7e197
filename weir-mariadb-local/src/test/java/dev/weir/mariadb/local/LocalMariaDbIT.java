package dev.weir.mariadb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class LocalMariaDbIT {

    @Test
    void answersIsKilledAndAnswersAgainWithWhatItHad() throws Exception {
        String url;
        try (LocalMariaDb server = LocalMariaDb.start("--max-connections=17")) {
            url = server.url();
            try (Connection connection = connect(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE kept (n INT)");
                statement.execute("INSERT INTO kept VALUES (7)");
            }
            server.restart();
            assertThat(number(url, "SELECT n FROM kept")).isEqualTo(7);
            assertThat(number(url, "SELECT @@max_connections")).isEqualTo(17);
            server.kill();
            assertThatThrownBy(() -> connect(url)).isInstanceOf(SQLException.class);
            server.startAgain();
            assertThat(number(url, "SELECT 1")).isEqualTo(1);
        }
        assertThatThrownBy(() -> connect(url)).isInstanceOf(SQLException.class);
    }

    @Test
    void frozenItAcceptsAndDoesNotAnswer() throws Exception {
        try (LocalMariaDb server = LocalMariaDb.start()) {
            server.freeze();
            assertThatThrownBy(() -> number(server.url() + "?connectTimeout=300", "SELECT 1"))
                    .isInstanceOf(SQLException.class);
            server.thaw();
            assertThat(number(server.url(), "SELECT 1")).isEqualTo(1);
        }
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, LocalMariaDb.USER, LocalMariaDb.PASSWORD);
    }

    private static int number(String url, String sql) throws SQLException {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
