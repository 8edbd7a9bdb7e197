package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLimitsTest {

    @TempDir
    Path root;

    @Test
    void theTightestGroupOfVersion2Counts() throws IOException {
        write("proc/self/cgroup", "0::/pods/one\n");
        write("sys/fs/cgroup/pods/memory.max", "1073741824\n");
        write("sys/fs/cgroup/pods/memory.current", "1000\n");
        write("sys/fs/cgroup/pods/one/memory.max", "max\n");
        write("sys/fs/cgroup/pods/one/cpu.max", "150000 100000\n");

        ContainerLimits limits = ContainerLimits.read(root).orElseThrow();

        assertThat(limits.memoryBytes()).isEqualTo(1L << 30);
        assertThat(limits.usedBytes()).isEqualTo(1000);
        assertThat(limits.cpus()).isEqualTo(1.5);
        assertThat(limits.percentOfMemory(25)).isEqualTo(1L << 28);
    }

    @Test
    void version1IsReadWhereTheMountIsTheGroup() throws IOException {
        write("proc/self/cgroup", "9:name=systemd:/\n4:memory:/docker/abc\n0::/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "536870912\n");
        write("sys/fs/cgroup/memory/memory.usage_in_bytes", "4096\n");

        assertThat(ContainerLimits.read(root)).hasValueSatisfying(limits -> {
            assertThat(limits.memoryBytes()).isEqualTo(512L << 20);
            assertThat(limits.usedBytes()).isEqualTo(4096);
        });
    }

    @Test
    void noLimitIsNoContainer() throws IOException {
        write("proc/self/cgroup", "4:memory:/\n");
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
        assertThat(ContainerLimits.read(root)).isEmpty();
        assertThatThrownBy(() -> new ContainerLimits(0, 0, 1, "x").percentOfMemory(10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not limited");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
