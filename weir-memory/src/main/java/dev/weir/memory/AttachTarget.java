package dev.weir.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;

/**
 * What can be known of a process before it is attached to: attaching begins with a signal, which would end one that is no JVM, and one that is
 * stopped never answers. Linux; elsewhere the JDK's word is all.
 */
public final class AttachTarget {

    private AttachTarget() {}

    /**
     * Looks at a process without touching it.
     *
     * @throws AttachException if it is no HotSpot JVM of this user that can answer, with what to do about it
     */
    public static void check(long pid) throws AttachException {
        String name = "process " + pid;
        if (ProcessHandle.of(pid).isEmpty()) {
            throw new AttachException("there is no " + name + " (jcmd -l lists the JVMs of this user)");
        }
        Path process = directory(pid);
        if (!Files.isDirectory(process)) {
            return;
        }
        try {
            String me = Files.getOwner(Path.of("/proc/self")).getName();
            String owner = Files.getOwner(process).getName();
            if (!me.equals(owner) && !me.equals("root")) {
                throw new AttachException(name + " belongs to the user " + owner + ": run this as " + owner);
            }
            String state = state(process);
            if (state.startsWith("Z")) {
                throw new AttachException(name + " has ended");
            }
            if (!Files.readString(process.resolve("maps")).contains("/libjvm.so")) {
                throw new AttachException(name + " is not a HotSpot JVM ("
                        + Files.readString(process.resolve("comm")).strip() + ")");
            }
            if (state.startsWith("T") || state.startsWith("t")) {
                throw new AttachException(
                        name + " is stopped, so it cannot answer: let it go on (kill -CONT " + pid + ")");
            }
        } catch (IOException unreadable) {
            throw new AttachException(name + " cannot be looked at: see that it runs and belongs to you", unreadable);
        }
    }

    /** The same for one that is to load an agent from this process's files. */
    static void checkForAgent(long pid) throws AttachException {
        check(pid);
        Path process = directory(pid);
        if (!Files.isDirectory(process)) {
            return;
        }
        try {
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
        } catch (IOException ended) {
            throw new AttachException("process " + pid + " cannot be looked at any more: has it ended?", ended);
        }
    }

    private static Path directory(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    /** Such as {@code S (sleeping)}. */
    private static String state(Path process) throws IOException {
        return Files.readString(process.resolve("status"))
                .lines()
                .filter(line -> line.startsWith("State:"))
                .map(line -> line.substring("State:".length()).strip())
                .findFirst()
                .orElse("");
    }

    /** Lets a process of another user read and write what it is lent; only root attaches to such. */
    static void lend(long pid, Path... files) throws IOException {
        Path process = directory(pid);
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
