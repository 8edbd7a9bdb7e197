package dev.weir.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** What this process's descriptors are, from {@code /proc/self/fd}. */
final class Descriptors {

    private static final Path OPEN = Path.of("/proc/self/fd");

    private Descriptors() {}

    /** How many of them are sockets; 0 where there is no {@code /proc}. */
    static int sockets(Set<Integer> descriptors) {
        int sockets = 0;
        for (int number : descriptors) {
            try {
                Path target = Files.readSymbolicLink(OPEN.resolve(Integer.toString(number)));
                if (target.toString().startsWith("socket:")) {
                    sockets++;
                }
            } catch (IOException | UnsupportedOperationException closed) {
                // closed meanwhile, or no Linux
            }
        }
        return sockets;
    }
}
