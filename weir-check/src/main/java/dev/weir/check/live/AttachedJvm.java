package dev.weir.check.live;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.weir.check.CheckException;
import dev.weir.check.facts.Fact;
import dev.weir.check.facts.Place;
import dev.weir.check.facts.Subject;
import dev.weir.check.facts.Value;
import dev.weir.memory.AttachException;
import dev.weir.memory.AttachTarget;
import java.io.IOException;
import java.util.Properties;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A running JVM of the same user. It is attached to and told to start its own local management agent, which listens on the loopback
 * interface and goes on after this; no agent of ours is loaded, and nothing else of it changes.
 */
public final class AttachedJvm {

    private AttachedJvm() {}

    /** What its MBeans tell of its pools and its memory. */
    public static Subject read(long pid) throws CheckException {
        String name = "process " + pid;
        try {
            AttachTarget.check(pid);
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            Properties properties;
            try {
                address = machine.startLocalManagementAgent();
                properties = machine.getSystemProperties();
            } finally {
                machine.detach();
            }
            return read(name, address, properties);
        } catch (AttachException unfit) {
            throw new CheckException(String.valueOf(unfit.getMessage()), unfit);
        } catch (AttachNotSupportedException refused) {
            throw new CheckException(
                    name
                            + " cannot be attached to: give the id of a JVM of the same user, started without -XX:+DisableAttachMechanism",
                    refused);
        } catch (IOException | JMException lost) {
            throw new CheckException(
                    name + " cannot be read (" + lost.getClass().getSimpleName()
                            + "): see that it runs, belongs to the same user and has the module jdk.management.agent",
                    lost);
        }
    }

    @SuppressWarnings("BanJNDI") // the address is that of the process, which was just attached to as the same user
    private static Subject read(String name, String address, Properties properties) throws IOException, JMException {
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            return read(name, connector.getMBeanServerConnection(), properties);
        }
    }

    private static Subject read(String name, MBeanServerConnection beans, Properties properties)
            throws IOException, JMException {
        Subject subject = new Subject(name);
        memory(subject, beans);
        if (properties.getProperty("spring.threads.virtual.enabled", "").equals("true")) {
            subject.add(Fact.VIRTUAL_THREADS, Value.of(1, new Place(name, 0, "spring.threads.virtual.enabled")));
        }
        new BeanPools(subject, beans).read();
        UnseenPools.remark(subject, beans);
        return subject;
    }

    private static void memory(Subject subject, MBeanServerConnection beans) throws IOException, JMException {
        Object heap = beans.getAttribute(new ObjectName("java.lang:type=Memory"), "HeapMemoryUsage");
        if (heap instanceof CompositeData usage && usage.get("max") instanceof Long most && most > 0) {
            subject.add(Fact.HEAP, Value.of(most, new Place(subject.name(), 0, "-Xmx")));
        }
        // The JVM's own view, which minds the limits of a container.
        Object total = beans.getAttribute(new ObjectName("java.lang:type=OperatingSystem"), "TotalMemorySize");
        if (total instanceof Long bytes && bytes > 0) {
            subject.add(
                    Fact.MEMORY, Value.of(bytes, new Place(subject.name(), 0, "memory of the container or machine")));
        }
    }
}
