package dev.weir.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Caffeine is optional: without it everything works but the query cache, which says what it lacks. */
class WithoutCaffeineTest {

    @Test
    void aJvmWithoutCaffeineRunsEverythingElse() throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("caffeine"))
                .collect(Collectors.joining(File.pathSeparator));
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        path,
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("answered 1")
                .contains("the query cache needs com.github.ben-manes.caffeine:caffeine on the class path");
    }

    /** Asks twice, the second time with a hint. */
    static final class Program {
        public static void main(String[] arguments) throws SQLException {
            try (WeirDataSource dataSource =
                            WeirDataSource.builder().url("jdbc:h2:mem:plain").build();
                    Connection connection = dataSource.getConnection();
                    Statement statement = connection.createStatement()) {
                try (ResultSet result = statement.executeQuery("select 1")) {
                    result.next();
                    System.out.println("answered " + result.getInt(1));
                }
                try (ResultSet result = statement.executeQuery("/*+ weir:cache ttl=1s */ select 1")) {
                    System.out.println("cached " + result);
                } catch (IllegalStateException advice) {
                    System.out.println(advice.getMessage());
                }
            }
        }
    }
}
