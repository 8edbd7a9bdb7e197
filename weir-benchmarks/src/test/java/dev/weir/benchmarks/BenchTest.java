package dev.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.benchmarks.contender.Contenders;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchTest {

    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryRowAndEveryPeer() {
        String help = Bench.commandLine().getUsageMessage();
        assertThat(help).contains("--quick", "--peers", "--only", "--json", "--html", "Exit codes:");
        for (Row row : Row.values()) {
            assertThat(help).contains(row.id());
        }
        Contenders.ALL.stream()
                .filter(pool -> !pool.equals(Contenders.WEIR))
                .forEach(peer -> assertThat(help).contains(peer));
    }

    @Test
    void whatIsNotThereIsAWrongUsage() {
        assertThat(exit("--only", "swim")).isEqualTo(2);
        assertThat(exit("--peers", "puddle")).isEqualTo(2);
        assertThat(exit("--jdk", "no-such-directory")).isEqualTo(2);
        assertThat(exit("--json", "no-such-directory/result.json")).isEqualTo(2);
        assertThat(err.toString()).contains("swim", "puddle", "no-such-directory");
    }

    private int exit(String... arguments) {
        CommandLine line = Bench.commandLine().setErr(new PrintWriter(err));
        return line.execute(arguments);
    }
}
