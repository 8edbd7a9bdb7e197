package dev.weir.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/** What can be known of a process before it is touched: a signal to one that is no JVM would end it. Linux; elsewhere the JDK checks. */
final class AttachTarget {

    private AttachTarget() {}

    static void check(long pid) throws AttachException {
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new AttachException("there is no process " + pid + " (jcmd -l lists the JVMs of this user)");
        }
        Path process = Path.of("/proc", Long.toString(pid));
        if (!Files.isDirectory(process)) {
            return;
        }
        try {
            String me = Files.getOwner(Path.of("/proc/self")).getName();
            String owner = Files.getOwner(process).getName();
            if (!me.equals(owner) && !me.equals("root")) {
                throw new AttachException(
                        "process " + pid + " belongs to the user " + owner + ": run this as " + owner);
            }
            String maps = Files.readString(process.resolve("maps"));
            if (!maps.contains("/libjvm.so")) {
                throw new AttachException("process " + pid + " is not a HotSpot JVM ("
                        + Files.readString(process.resolve("comm")).trim() + ")");
            }
            if (!sameMount(process)) {
                throw new AttachException(
                        "process " + pid + " runs in another container, which does not see this one's "
                                + "files: run weir in that container");
            }
            if (Files.readString(process.resolve("cmdline")).contains("-XX:+DisableAttachMechanism")) {
                throw new AttachException(
                        "process " + pid
                                + " was started with -XX:+DisableAttachMechanism: start it without, or with -javaagent:weir-memory.jar");
            }
        } catch (IOException unreadable) {
            throw new AttachException(
                    "process " + pid + " cannot be looked at: " + unreadable.getMessage() + "; has it ended?",
                    unreadable);
        }
    }

    /** Lets a process of another user read and write what it is lent; only root attaches to such. */
    static void lend(long pid, Path... files) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        if (Files.isDirectory(process)) {
            UserPrincipal owner = Files.getOwner(process);
            for (Path file : files) {
                if (!Files.getOwner(file).equals(owner)) {
                    Files.setOwner(file, owner);
                }
            }
        }
    }

    private static boolean sameMount(Path process) throws IOException {
        return Files.readSymbolicLink(process.resolve("ns/mnt"))
                .equals(Files.readSymbolicLink(Path.of("/proc/self/ns/mnt")));
    }
}
