package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The README's sample runs, and is what the README shows. */
class ReadmeSampleTest {

    private static final Path ROOT = Path.of("..");

    @Test
    void theSampleWorks() throws SQLException {
        String url = "jdbc:h2:mem:readme";
        String password = "";
        int answer;
        // tag::sample
        try (WeirDataSource orders = WeirDataSource.builder()
                .name("orders")
                .url(url)
                .user("app")
                .password(password)
                .profile(Profile.FRUGAL)
                .settings(settings -> settings.max(8).maxWaiters(100))
                .build()) {
            try (Connection connection = orders.getConnection();
                    PreparedStatement query = connection.prepareStatement("select 42");
                    ResultSet rows = query.executeQuery()) {
                rows.next();
                answer = rows.getInt(1);
            }
        }
        // end::sample
        assertThat(answer).isEqualTo(42);
    }

    @Test
    void theReadmeShowsIt() throws IOException {
        String test = Files.readString(ROOT.resolve("weir-jdbc/src/test/java/dev/weir/jdbc/ReadmeSampleTest.java"));
        String sample = test.substring(test.indexOf("// tag::sample\n") + 15, test.indexOf("        // end::sample"));
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(sample.stripTrailing().stripIndent());
    }
}
