package dev.weir.memory;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Set;

/**
 * Takes the memory report of another JVM on this machine, which needs no preparation: attaches an agent, which analyses once,
 * writes its answer to a file that only this user can read, and is done. No thread, socket or written file stays; the JVM
 * itself keeps the agent's one small class and its handle on the (deleted) jar it came from. Thread-safe.
 */
public final class MemoryAttach {

    private static final long MAX_ANSWER = 16L << 20;
    private static final long MAX_LIST = 100_000;

    /** What a report is made of, beside its own records. */
    private static final Set<String> PLAIN = Set.of(
            "java.util.CollSer",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.lang.Object",
            "java.lang.Record",
            "java.lang.String",
            "java.lang.Enum",
            "java.lang.Number",
            "java.lang.Long",
            "java.lang.Double");

    private MemoryAttach() {}

    /**
     * Takes a report.
     *
     * @throws AttachException if the process is not there, not ours, no HotSpot JVM, in another container, or refuses agents
     */
    public static MemoryReport report(long pid) throws AttachException {
        if (pid == ProcessHandle.current().pid()) {
            throw new AttachException("process " + pid + " is this one: analyse it by ProcessMemoryAnalyzer");
        }
        AttachTarget.checkForAgent(pid);
        try {
            Path directory = Files.createTempDirectory("weir-attach");
            try {
                return report(pid, directory);
            } finally {
                Files.deleteIfExists(directory.resolve("agent.jar"));
                Files.deleteIfExists(directory.resolve("answer"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException failure) {
            throw new AttachException("process " + pid + " could not be attached to: " + failure.getMessage(), failure);
        }
    }

    private static MemoryReport report(long pid, Path directory) throws AttachException, IOException {
        Path jar = AgentJar.write(directory.resolve("agent.jar"));
        Path answer = Files.createFile(directory.resolve("answer"));
        AttachTarget.lend(pid, directory, jar, answer);
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                machine.loadAgent(jar.toString(), analyzer() + "\n" + answer);
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException refused) {
            throw new AttachException(
                    "process " + pid + " refuses to be attached to (is it stopped, or still starting?): "
                            + refused.getMessage(),
                    refused);
        } catch (AgentLoadException | AgentInitializationException refused) {
            throw new AttachException(
                    "process " + pid + " would not run the agent: " + refused.getMessage()
                            + "; a JVM started with -XX:-EnableDynamicAgentLoading takes none",
                    refused);
        }
        return read(pid, answer);
    }

    private static MemoryReport read(long pid, Path answer) throws AttachException, IOException {
        if (Files.size(answer) == 0) {
            throw new AttachException("process " + pid + " wrote no report; its standard error may say why");
        }
        try (InputStream file = Files.newInputStream(answer);
                ObjectInputStream in = new ObjectInputStream(file)) {
            // The other process may not be what it seems: nothing but a report is read.
            in.setObjectInputFilter(MemoryAttach::allow);
            Object told = in.readObject();
            if (told instanceof MemoryReport report) {
                return report;
            }
            throw new AttachException("process " + pid + ": " + told);
        } catch (ClassNotFoundException | ClassCastException strange) {
            throw new AttachException("process " + pid + " answered something else than a report", strange);
        }
    }

    private static ObjectInputFilter.Status allow(ObjectInputFilter.FilterInfo info) {
        if (info.streamBytes() > MAX_ANSWER || info.arrayLength() > MAX_LIST) {
            return ObjectInputFilter.Status.REJECTED;
        }
        Class<?> type = info.serialClass();
        while (type != null && type.isArray()) {
            type = type.getComponentType();
        }
        boolean ours = type == null
                || type.getPackageName().equals(MemoryAttach.class.getPackageName())
                || PLAIN.contains(type.getName());
        return ours ? ObjectInputFilter.Status.ALLOWED : ObjectInputFilter.Status.REJECTED;
    }

    private static URL analyzer() throws AttachException {
        CodeSource source = MemoryAttach.class.getProtectionDomain().getCodeSource();
        URL location = source == null ? null : source.getLocation();
        try {
            if (location != null && Files.isReadable(Path.of(location.toURI()))) {
                return location;
            }
        } catch (URISyntaxException | RuntimeException nowhere) {
            throw new AttachException("weir-memory must lie in a file to be lent to another JVM: " + location, nowhere);
        }
        throw new AttachException("weir-memory must lie in a file to be lent to another JVM: " + location);
    }
}
