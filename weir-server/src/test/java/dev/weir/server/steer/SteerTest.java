package dev.weir.server.steer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.ConnectionPoolManager;
import dev.weir.dashboard.WeirDashboard;
import dev.weir.pool.Connector;
import dev.weir.pool.Pool;
import dev.weir.pool.PoolSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The operator's verbs, against a real dashboard. */
class SteerTest {

    private final ConnectionPoolManager manager = ConnectionPoolManager.create();
    private final Pool<String> pool = manager.open(
            "orders", new Words(), PoolSettings.shared().toBuilder().min(0).build());
    private final WeirDashboard dashboard = WeirDashboard.builder(manager).start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void end() {
        manager.shutdown(Duration.ofSeconds(5));
        dashboard.close();
    }

    @Test
    void theVerbsDoWhatTheySayAndPrintThePool() {
        assertThat(run(new Steer.Pause(), "orders", "--url", dashboard.link())).isZero();
        assertThat(pool.snapshot().suspended()).isTrue();
        assertThat(out.toString()).contains("orders", "paused");
        assertThat(run(new Steer.Resume(), "orders", "--url", dashboard.link())).isZero();
        assertThat(pool.snapshot().suspended()).isFalse();
        assertThat(run(new Steer.Resize(), "orders", "1", "9", "--url", dashboard.link()))
                .isZero();
        assertThat(pool.settings().max()).isEqualTo(9);
        assertThat(run(new Steer.Evict(), "orders", "--hard", "--url", dashboard.link()))
                .isZero();
        assertThat(run(new Steer.Drain(), "orders", "--url", dashboard.link())).isZero();
        assertThat(out.toString()).contains("drained");
    }

    @Test
    void withoutTheTokenOrThePoolTheyFailAndSayWhy() {
        assertThat(run(new Steer.Pause(), "orders", "--url", dashboard.url())).isEqualTo(1);
        assertThat(err.toString()).contains("need the token");
        assertThat(pool.snapshot().suspended()).isFalse();
        assertThat(run(new Steer.Pause(), "nobody", "--url", dashboard.link())).isEqualTo(1);
        assertThat(err.toString()).contains("no pool of that name");
        assertThat(run(new Steer.Pause(), "orders", "--url", "ftp://x")).isEqualTo(2);
    }

    @Test
    void topShowsThePools() {
        assertThat(run(new TopCommand(), dashboard.url(), "--count", "2")).isZero();
        assertThat(out.toString()).contains("leases/s", "orders", "running").doesNotContain("\u001b");
    }

    private int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private static final class Words implements Connector<String> {
        @Override
        public String connect() {
            return "word";
        }

        @Override
        public boolean check(String connection, Duration timeout) {
            return true;
        }

        @Override
        public void close(String connection) {}

        @Override
        public void abort(String connection) {}

        @Override
        public String endpoint() {
            return "words";
        }
    }
}
