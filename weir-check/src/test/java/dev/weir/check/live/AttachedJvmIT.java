package dev.weir.check.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.check.Check;
import dev.weir.check.CheckException;
import dev.weir.check.Finding;
import dev.weir.check.Given;
import dev.weir.check.Report;
import dev.weir.check.report.TextReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A JVM of its own, with pools in it, that knows nothing of being checked. */
class AttachedJvmIT {

    private static Process start(String... arguments) throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"));
        java.command().addAll(List.of(arguments));
        return java.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Root reads the JVM of another user; whoever is not root has only JVMs of its own to start. */
    @Test
    void theJvmOfAnotherUserIsReadByRoot() throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> command = new ArrayList<>(
                root ? List.of("setpriv", "--reuid=nobody", "--regid=65534", "--clear-groups", "--") : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-XX:+UseSerialGC"));
        Path program = Files.createTempFile("Idle", ".java");
        try {
            Files.writeString(
                    program,
                    "class Idle { public static void main(String[] a) throws Exception {"
                            + " System.out.println(\"ready\"); System.in.read(); } }");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
            command.add(program.toString());
            Process idle = new ProcessBuilder(command)
                    .directory(Path.of("/").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                awaitReady(idle);
                assertThat(Files.getOwner(Path.of("/proc", Long.toString(idle.pid())))
                                .getName())
                        .isEqualTo(root ? "nobody" : System.getProperty("user.name"));
                Report report = Check.process(idle.pid(), new Given());
                assertThat(report.pools()).isZero();
                assertThat(report.remarks()).anyMatch(remark -> remark.startsWith("What pools do not show by JMX"));
                assertThat(idle.isAlive()).isTrue();
            } finally {
                idle.getOutputStream().close();
                idle.onExit().join();
            }
        } finally {
            Files.delete(program);
        }
    }

    private static void awaitReady(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.equals("ready")) {
                return;
            }
        }
        throw new AssertionError("the program ended with " + process.exitValue());
    }

    private static Set<String> of(Report report, String pool) {
        return report.findings().stream()
                .filter(finding -> finding.pool().equals(pool))
                .map(finding -> finding.rule().number())
                .collect(Collectors.toSet());
    }

    @Test
    void poolsOfARunningJvmAreFoundAndChecked() throws Exception {
        Process program = start(PoolsProgram.class.getName());
        try {
            awaitReady(program);
            Report report = Check.process(program.pid(), new Given());

            assertThat(report.pools()).isEqualTo(7);
            assertThat(of(report, "orders"))
                    // no bound on the queue, checks of 5 s where borrowers wait 4, no leak detection, 60 connections at
                    // all times
                    .containsExactlyInAnyOrder("W001", "W006", "W007", "W102");
            assertThat(of(report, "dbcp")).containsExactlyInAnyOrder("W001", "W003", "W025");
            assertThat(of(report, "tomcat")).containsExactlyInAnyOrder("W001", "W025", "W103", "W401");
            assertThat(report.findings().stream()
                            .filter(finding -> finding.rule().number().equals("W308"))
                            .map(Finding::pool))
                    .singleElement()
                    .satisfies(pool -> assertThat(of(report, pool)).containsExactlyInAnyOrder("W001", "W025", "W308"));
            // Both grow without a bound on their queues; one lets borrowers wait for ever, the other for very long.
            assertThat(of(report, "druid")).containsExactlyInAnyOrder("W001", "W004", "W103");
            assertThat(of(report, "vibur")).containsExactlyInAnyOrder("W001", "W003");
            // Neither the socket's timeout nor encryption is missed: what the driver is told is not seen by JMX.
            assertThat(of(report, "remote")).containsExactlyInAnyOrder("W001", "W025", "W502");
            assertThat(TextReport.lines(report)).noneMatch(line -> line.contains("hunter2"));
            assertThat(report.remarks())
                    .anyMatch(remark -> remark.startsWith("Agroal: up to 1 pools in the heap, 0 seen by JMX"))
                    .noneMatch(remark -> remark.startsWith("Druid:") || remark.startsWith("Vibur:"));
            assertThat(report.remarks())
                    .anyMatch(remark -> remark.startsWith("HikariCP: up to 2 pools in the heap, 1 seen by JMX"));
            assertThat(program.isAlive()).isTrue();
        } finally {
            program.getOutputStream().close();
            program.onExit().join();
        }
        assertThat(program.exitValue()).isZero();
    }

    @Test
    void aProcessThatIsNoJvmIsLeftInPeace() throws Exception {
        // Attaching begins with SIGQUIT, which ends whoever does not expect it.
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            assertThatThrownBy(() -> Check.process(other.pid(), new Given()))
                    .isInstanceOf(CheckException.class)
                    .hasMessage("process " + other.pid() + " is not a HotSpot JVM (sleep)");
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aJvmThatIsStoppedIsNotWaitedFor() throws Exception {
        Process program = start(PoolsProgram.class.getName());
        try {
            awaitReady(program);
            signal("-STOP", program);
            Path status = Path.of("/proc", Long.toString(program.pid()), "status");
            await().until(() -> Files.readString(status).contains("State:\tT"));
            assertThatThrownBy(() -> Check.process(program.pid(), new Given()))
                    .isInstanceOf(CheckException.class)
                    .hasMessageContaining("is stopped");
        } finally {
            signal("-CONT", program);
            program.getOutputStream().close();
            program.onExit().join();
        }
    }

    private static void signal(String signal, Process process) throws IOException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    @Test
    void aProcessThatCannotBeReadIsTold() throws Exception {
        assertThatThrownBy(() -> Check.process(ProcessHandle.current().pid(), new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("cannot be read");
        Process gone = start("-version");
        gone.onExit().join();
        assertThatThrownBy(() -> Check.process(gone.pid(), new Given()))
                .isInstanceOf(CheckException.class)
                .hasMessageContaining("process " + gone.pid());
    }
}
