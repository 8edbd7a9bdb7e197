package dev.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps this JVM on one processor and the server's sessions on another. Left to itself the scheduler changes its mind by the
 * second on who runs beside whom, and with that what a statement costs changes by a tenth and more, in the JVM and in the server: ten times
 * what is looked for. Kept apart, the JVM's processor is the one that has no time left, so all that the JVM does besides
 * the load is missing from its throughput.
 */
final class Placement {

    private Placement() {}

    /** Keeps them apart from now on, if there are two processors and {@code taskset}; tells whether it does. */
    static boolean apart(Sessions sessions) throws InterruptedException {
        List<Integer> processors = allowed();
        if (processors.size() < 2 || sessions.pids().isEmpty()) {
            return false;
        }
        boolean done = move(ProcessHandle.current().pid(), processors.get(0));
        for (long pid : sessions.pids()) {
            done &= move(pid, processors.get(1));
        }
        return done;
    }

    /** With all its threads; those that it starts later stay there too. */
    private static boolean move(long pid, int processor) throws InterruptedException {
        try {
            Process taskset = new ProcessBuilder(
                            "taskset", "-a", "-c", "-p", Integer.toString(processor), Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return taskset.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** The processors that this process may use. */
    private static List<Integer> allowed() {
        try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
            return status.filter(line -> line.startsWith("Cpus_allowed_list:"))
                    .findFirst()
                    .map(line -> numbers(line.substring(line.indexOf(':') + 1).trim()))
                    .orElse(List.of());
        } catch (IOException notLinux) {
            return List.of();
        }
    }

    /** Of a list such as {@code 0-2,5}; cpuset(7) has its format. */
    static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String range : list.split(",", -1)) {
            String[] ends = range.split("-", -1);
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int number = Integer.parseInt(ends[0]); number <= last; number++) {
                numbers.add(number);
            }
        }
        return numbers;
    }
}
