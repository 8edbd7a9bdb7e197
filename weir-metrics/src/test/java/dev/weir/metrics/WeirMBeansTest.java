package dev.weir.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.pool.Pool;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class WeirMBeansTest {

    private final Basin basin = new Basin();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    private static ObjectName pool(String name) throws Exception {
        return new ObjectName("dev.weir:type=Pool,manager=\"test\",name=\"" + name + "\"");
    }

    private static ObjectName manager() throws Exception {
        return new ObjectName("dev.weir:type=Manager,manager=\"test\"");
    }

    @Test
    void aPoolsBeanComesAndGoesWithIt() throws Exception {
        try (WeirMBeans beans = WeirMBeans.publish(basin.manager, "test")) {
            assertThat(server.isRegistered(pool("a"))).isFalse();
            basin.open("a", 3);
            assertThat(server.getAttribute(pool("a"), "Max")).isEqualTo(3);
            assertThat(server.getAttribute(pool("a"), "Idle")).isEqualTo(1);
            assertThat(server.getAttribute(pool("a"), "Health")).isEqualTo("UP");
            assertThat((String[]) server.getAttribute(manager(), "Pools")).containsExactly("a");
            basin.manager.unregister("a");
            assertThat(server.isRegistered(pool("a"))).isFalse();
            assertThat(beans).isNotNull();
        }
        assertThat(server.isRegistered(manager())).isFalse();
    }

    @Test
    void everyAttributeCanBeRead() throws Exception {
        basin.open("a", 3);
        try (WeirMBeans beans = WeirMBeans.publish(basin.manager, "test")) {
            for (ObjectName name : new ObjectName[] {pool("a"), manager()}) {
                for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                    assertThat(server.getAttribute(name, attribute.getName()))
                            .as(attribute.getName())
                            .isNotNull();
                }
            }
            assertThat(beans).isNotNull();
        }
    }

    @Test
    void evictingReplacesConnections() throws Exception {
        Pool<Integer> pool = basin.open("a", 3);
        try (WeirMBeans beans = WeirMBeans.publish(basin.manager, "test")) {
            server.invoke(pool("a"), "evictSoftly", null, null);
            basin.pass(Duration.ofSeconds(1));
            assertThat(pool.snapshot().totals().closed()).isEqualTo(1);
            assertThat(pool.snapshot().totals().opened()).isEqualTo(2);
            assertThat(beans).isNotNull();
        }
    }

    @Test
    void aSecondManagerNeedsANameOfItsOwn() throws Exception {
        try (WeirMBeans beans = WeirMBeans.publish(basin.manager, "test")) {
            assertThatThrownBy(() -> WeirMBeans.publish(new Basin().manager, "test"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("name of its own");
            assertThat(beans).isNotNull();
        }
    }
}
