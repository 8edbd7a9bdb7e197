package dev.weir.memory;

import dev.weir.memory.agent.MemoryAgent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A jar with the agent's one class, so that nothing else enters the class path of a JVM that is attached to. */
final class AgentJar {

    private AgentJar() {}

    static Path write(Path file) throws IOException {
        String agent = MemoryAgent.class.getName();
        String entry = agent.replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Agent-Class", agent);
        attributes.putValue("Premain-Class", agent);
        try (InputStream bytes = MemoryAgent.class.getResourceAsStream("MemoryAgent.class");
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (bytes == null) {
                throw new IOException("the class file of " + agent + " cannot be read");
            }
            jar.putNextEntry(new JarEntry(entry));
            bytes.transferTo(jar);
            jar.closeEntry();
        }
        return file;
    }
}
