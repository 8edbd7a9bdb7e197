package dev.weir.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AttachCommandTest {

    @Test
    void aProcessThatIsNotThereIsTold() {
        StringWriter err = new StringWriter();
        CommandLine weir = Main.commandLine().setErr(new PrintWriter(err, true));
        assertThat(weir.execute("attach", Integer.toString(Integer.MAX_VALUE))).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("there is no process " + Integer.MAX_VALUE);
    }

    @Test
    void aWatchOfNoSecondsIsWrongUsage() {
        StringWriter err = new StringWriter();
        CommandLine weir = Main.commandLine().setErr(new PrintWriter(err, true));
        assertThat(weir.execute("attach", "1", "--watch", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--watch");
    }
}
