package dev.weir.check.live;

import dev.weir.check.CheckException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is known of a process before it is attached to. Attaching begins with a signal, which ends a process that is no JVM unless
 * the JDK in use looks first; and a JVM that is stopped never answers. On Linux; elsewhere the JDK's word is all.
 */
final class JvmProcess {

    private JvmProcess() {}

    static void check(long pid) throws CheckException {
        String name = "process " + pid;
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new CheckException(name + ": there is none (jcmd -l lists the JVMs of this user)");
        }
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return;
        }
        try {
            String me = Files.getOwner(Path.of("/proc/self")).getName();
            String owner = Files.getOwner(process).getName();
            if (!me.equals(owner) && !me.equals("root")) {
                throw new CheckException(name + " belongs to the user " + owner + ": run this as " + owner);
            }
            Optional<String> state = line(process, "State:");
            if (state.filter(text -> text.startsWith("Z")).isPresent()) {
                throw new CheckException(name + " has ended");
            }
            if (!Files.readString(process.resolve("maps")).contains("/libjvm.so")) {
                throw new CheckException(name + " is no HotSpot JVM (" + process(process) + ")");
            }
            if (state.filter(text -> text.startsWith("T") || text.startsWith("t"))
                    .isPresent()) {
                throw new CheckException(
                        name + " is stopped, so it cannot answer: let it go on (kill -CONT " + pid + ")");
            }
        } catch (IOException unreadable) {
            throw new CheckException(name + " cannot be looked at: see that it runs and belongs to you", unreadable);
        }
    }

    private static Optional<String> line(Path process, String key) throws IOException {
        return Files.readString(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst();
    }

    private static String process(Path process) throws IOException {
        return Files.readString(process.resolve("comm")).strip();
    }
}
