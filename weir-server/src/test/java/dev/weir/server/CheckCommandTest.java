package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.check.rule.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private static CommandLine check() {
        return Objects.requireNonNull(Main.commandLine().getSubcommands().get("check"));
    }

    @Test
    void theDefaultsOfRunAreWell() {
        assertThat(execute("check", Path.of("..", "docs", "example.yaml").toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("5 pools, score 100 of 100: 0 errors, 0 warnings, 0 notes");
    }

    @Test
    void theExitCodeIsThatOfTheWorst() throws IOException {
        String notes = file("a.properties", "jdbcUrl=jdbc:h2:mem:a\nmaximumPoolSize=3");
        String warnings = file("b.properties", "jdbcUrl=jdbc:postgresql://localhost/d");
        String errors = file("c.properties", "minimumIdle=9\nmaximumPoolSize=3");
        assertThat(execute("check", notes)).isEqualTo(0);
        assertThat(execute("check", warnings)).isEqualTo(6);
        assertThat(execute("check", errors)).isEqualTo(7);
        assertThat(out.toString()).contains("ERROR W101 The minimum is above the maximum", "minimumIdle=3");
    }

    @Test
    void whatIsKnownBesideIsChecked() throws IOException {
        String file = file("a.properties", "jdbcUrl=jdbc:postgresql://h/d\nkeepaliveTime=0\nmaximumPoolSize=20");
        assertThat(execute(
                        "check",
                        file,
                        "--max-connections",
                        "100",
                        "--replicas",
                        "6",
                        "--idle-limit",
                        "350s",
                        "--memory",
                        "64MiB",
                        "--websocket-clients",
                        "1000",
                        "--websocket-limit",
                        "1MiB"))
                .isEqualTo(ExitCode.CHECK_ERRORS);
        assertThat(out.toString())
                .contains("W104", "20 connections of the pool × 6 replicas = 120", "W024", "W303", "W601");
    }

    @Test
    void theResultIsWrittenForPrograms() throws IOException {
        String file = file("a.properties", "jdbcUrl=jdbc:postgresql://h/d\npassword=hunter2");
        Path json = directory.resolve("check.json");
        Path sarif = directory.resolve("check.sarif");
        assertThat(execute("check", file, "--json", json.toString(), "--sarif", sarif.toString()))
                .isEqualTo(ExitCode.CHECK_WARNINGS);
        JsonNode result = new ObjectMapper().readTree(json.toFile());
        assertThat(result.path("verb").asText()).isEqualTo("check");
        assertThat(result.path("worst").asText()).isEqualTo("warning");
        assertThat(result.path("findings"))
                .hasSize(result.path("errors").asInt()
                        + result.path("warnings").asInt()
                        + result.path("notes").asInt());
        assertThat(new ObjectMapper().readTree(sarif.toFile()).path("version").asText())
                .isEqualTo("2.1.0");
        for (String text : new String[] {Files.readString(json), Files.readString(sarif), out.toString()}) {
            assertThat(text).contains("W501").doesNotContain("hunter2");
        }
        String document = Files.readString(Path.of("..", "docs", "cli.md"));
        result.fieldNames().forEachRemaining(field -> assertThat(document).contains("`" + field));
        result.path("findings")
                .path(0)
                .fieldNames()
                .forEachRemaining(field -> assertThat(document).contains("." + field + "`"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "check;say what to check",
                "check no-such-file.yaml;there is no such file",
                "check 4000000000;process 4000000000",
                "check gopher://h;unknown kind",
                "check jdbc:postgresql://me:hunter2@127.0.0.1:1/d;cannot be asked",
                "check a.yaml --replicas 0;--replicas is 0: use more than zero",
                "check a.yaml --memory much;is not an amount of memory",
                "check a.yaml --idle-limit 350;has no unit",
                "check a.yaml --json /no/such/directory/r.json;does not exist",
                "check a.yaml --password-file /no/such/file;there is no such file"
            })
    void wrongUsageIsTold(String line, String told) {
        assertThat(execute(line.split(" ", -1))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(told).doesNotContain("hunter2").doesNotContain("\tat ");
    }

    @Test
    void theRulesAreListed() {
        assertThat(execute("check", "--rules")).isZero();
        assertThat(out.toString().lines()).hasSameSizeAs(Rules.ALL);
    }

    @Test
    void theDocumentsNameEveryOption() throws IOException {
        String document = Files.readString(Path.of("..", "docs", "cli.md"));
        assertThat(check().getCommandSpec().options())
                .allSatisfy(option -> assertThat(option.description()).isNotEmpty());
        assertThat(check().getCommandSpec().options().stream()
                        .flatMap(option -> Arrays.stream(option.names()))
                        .filter(name -> name.startsWith("--") && !name.equals("--version")))
                .allSatisfy(name -> assertThat(document).contains("`" + name));
    }
}
