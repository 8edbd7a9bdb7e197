package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private static CommandLine run() {
        return Objects.requireNonNull(Main.commandLine().getSubcommands().get("run"));
    }

    @Test
    void everyOptionOfRunIsExplained() {
        assertThat(execute("run", "--help")).isZero();
        assertThat(run().getCommandSpec().options()).allSatisfy(option -> {
            assertThat(out.toString()).contains(option.longestName());
            assertThat(option.description()).isNotEmpty();
        });
        assertThat(out.toString()).contains("Exit codes", "130");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "run --duration 20;has no unit",
                "run --duration soon;is not a duration",
                "run --duration 0;--duration is 0",
                "run --load 0;--load is 0: use 1 to",
                "run --load many;--load",
                "run --scale 20001;--scale is 20001: use 1 to 20000",
                "run --schema 1x;the schema '1x'",
                "run --user me;mean nothing without --url",
                "run --redis-users -1;--redis-users is -1: use 0 to",
                "run --http-users 100001;--http-users is 100001: use 0 to 100000",
                "run --redis http://h/;must begin with redis:",
                "run --redis redis://me:hunter2@h/;must not hold credentials",
                "run --redis redis:///0;names no host",
                "run --redis redis://h:66000/;the port in the URL of Redis is 66000",
                "run --redis redis://h/zero;has more than a host, a port and a number",
                "run --redis redis://h --redis-users 0;means nothing without users",
                "run --url jdbc:mysql://h/db;must begin with jdbc:postgresql:",
                "run --url jdbc:postgresql://h/db?password=hunter2;must not hold a password",
                "run --json /no/such/directory/r.json;does not exist",
                "run --metrics-port 99999;--metrics-port is '99999'",
                "run --metrics-address localhost;use an IP address",
                "run --config /no/such/file.yaml;there is no such file",
                "run --nonsense;--nonsense",
                "walk;walk"
            })
    void wrongUsageIsToldAndStartsNothing(String line, String told) {
        assertThat(execute(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(told).doesNotContain("hunter2").doesNotContain("\tat ");
    }

    @Test
    void allProblemsOfACommandLineAreToldAtOnce() {
        assertThat(execute("run", "--load", "0", "--scale", "0", "--user", "me"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--load is 0", "--scale is 0", "--user");
    }

    @Test
    void theVersionIsTold() {
        assertThat(execute("--version")).isZero();
        assertThat(out.toString()).startsWith("weir ");
    }

    @Test
    void theDocumentsNameEveryOption() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "cli.md"));
        assertThat(run().getCommandSpec().options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .filter(name -> name.startsWith("--") && !name.equals("--version")))
                .allSatisfy(name -> assertThat(document).contains("`" + name));
    }
}
