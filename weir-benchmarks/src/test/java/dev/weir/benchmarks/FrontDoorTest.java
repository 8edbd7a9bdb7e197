package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code ./weir}, as far as it answers without building. */
class FrontDoorTest {

    private static final Path WEIR = Path.of("../weir").toAbsolutePath().normalize();

    @TempDir
    Path elsewhere;

    @Test
    void helpListsTheVerbsAndTheExitCodes() throws Exception {
        Answer answer = weir("help");
        assertThat(answer.exit).isZero();
        assertThat(answer.out).contains("run  ", "test  ", "version  ", "--json FILE", "Exit codes:");
    }

    @Test
    void aVerbThatDoesNotExistIsAWrongUsageInOneLine() throws Exception {
        Answer answer = weir("swim");
        assertThat(answer.exit).isEqualTo(2);
        assertThat(answer.out).isEmpty();
        assertThat(answer.err).hasLineCount(1).contains("swim");
    }

    @Test
    void theGateExplainsItselfWithoutRunning() throws Exception {
        assertThat(weir("test", "--help").out).contains("Usage: ./weir test", "--json FILE");
        assertThat(weir("test", "--fast").exit).isEqualTo(2);
        assertThat(weir("test", "--json", "no-such-directory/result.json").exit).isEqualTo(2);
    }

    @Test
    void aResultIsWrittenWhereTheCallerStands() throws Exception {
        assertThat(weir("version", "--json", "result.json").exit).isZero();
        assertThat(elsewhere.resolve("result.json")).content().contains("\"verb\": \"version\"");
    }

    private Answer weir(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(WEIR.toString()));
        command.addAll(List.of(arguments));
        Path out = elsewhere.resolve("out");
        Path err = elsewhere.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(elsewhere.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).isTrue();
        return new Answer(process.exitValue(), read(out), read(err));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private record Answer(int exit, String out, String err) {}
}
