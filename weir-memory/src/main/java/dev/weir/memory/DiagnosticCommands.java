package dev.weir.memory;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** What {@code jcmd} asks, asked by this process of itself. */
final class DiagnosticCommands {

    private DiagnosticCommands() {}

    /** A command's answer; {@code null} where the JVM does not know it. Commands bear the names of the MBean's operations. */
    static @Nullable String ask(String command, String... arguments) {
        boolean bare = arguments.length == 0;
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            command,
                            bare ? null : new Object[] {arguments},
                            bare ? null : new String[] {String[].class.getName()}));
        } catch (JMException | RuntimeException absent) {
            return null;
        }
    }
}
