package dev.weir.jdbc.governed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ConnectionPoolManager;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** No kind of pool has to be on the class path for the others, or for none of them. */
class WithoutRivalsTest {

    @Test
    void aJvmWithoutAnyOfThemLooksForThemAndFindsNone() throws Exception {
        assertThat(run("hikari|dbcp2|pool2|tomcat|agroal|c3p0|mchange|hibernate"))
                .contains("found 0", "text false");
    }

    @Test
    void aJvmWithHikariAloneKnowsHikari() throws Exception {
        assertThat(run("dbcp2|pool2|tomcat|agroal|c3p0|mchange|hibernate")).contains("found 0", "hikari true");
    }

    private static String run(String without) throws Exception {
        String path = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.toLowerCase(Locale.ROOT).matches(".*(" + without + ").*\\.jar"))
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
        return said;
    }

    /** Looks for pools, and asks what a text and, where there is one, a HikariCP is. */
    static final class Program {
        public static void main(String[] arguments) throws Exception {
            System.out.println("found "
                    + GovernedPool.found(ConnectionPoolManager.create()).size());
            System.out.println("text " + GovernedPool.recognise("text").isPresent());
            try {
                Object hikari = Class.forName("com.zaxxer.hikari.HikariDataSource")
                        .getConstructor()
                        .newInstance();
                System.out.println("hikari " + GovernedPool.recognise(hikari).isPresent());
            } catch (ClassNotFoundException absent) {
                System.out.println("no hikari");
            }
        }
    }
}
