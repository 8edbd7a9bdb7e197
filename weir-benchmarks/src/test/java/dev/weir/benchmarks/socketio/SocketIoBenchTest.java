package dev.weir.benchmarks.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SocketIoBenchTest {

    private final StringWriter err = new StringWriter();

    @Test
    void helpNamesEveryRowAndEveryPeer() {
        String help = new CommandLine(new SocketIoBench()).getUsageMessage();
        assertThat(help).contains("--quick", "--peers", "--only", "--json", "Exit codes:");
        for (Row row : Row.values()) {
            assertThat(help).contains(row.id());
        }
        assertThat(help).contains("node", "netty-socketio", "netty");
    }

    @Test
    void whatIsNotThereIsAWrongUsage() {
        assertThat(exit("--only", "swim")).isEqualTo(2);
        assertThat(exit("--peers", "puddle")).isEqualTo(2);
        assertThat(exit("--jdk", "no-such-directory")).isEqualTo(2);
        assertThat(exit("--json", "no-such-directory/result.json")).isEqualTo(2);
        assertThat(err.toString()).contains("swim", "puddle", "no-such-directory");
    }

    @Test
    void severalForksAreShownByTheirMedian() {
        assertThat(Report.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Report.median(List.of(4.0, 1.0))).isEqualTo(2.5);
        List<Figure> figures = List.of(
                new Figure("echo", "netty", "p99", 3, "ms"),
                new Figure("echo", "netty", "p99", 1.25, "ms"),
                new Figure("echo", "node", "p99", 500, "ms"));
        assertThat(Report.of(figures)).contains("p99, ms", "2.13", "500");
    }

    private int exit(String... arguments) {
        return new CommandLine(new SocketIoBench()).setErr(new PrintWriter(err)).execute(arguments);
    }
}
