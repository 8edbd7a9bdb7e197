package dev.weir.server.config;

import dev.weir.dashboard.WeirDashboardBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The page about a run.
 *
 * @param enabled whether there is one
 * @param host the address of the interface it listens on; the loopback one unless somebody says otherwise
 * @param port the port to listen on; 0 lets the system choose one
 * @param token what allows changes; {@code null}: one is made
 * @param allowedHosts further names that it may be opened by
 * @param allowedOrigins further origins that its requests may come from, such as that of a proxy in front
 */
public record DashboardPlan(
        boolean enabled,
        String host,
        int port,
        @Nullable Secret token,
        List<String> allowedHosts,
        List<String> allowedOrigins) {

    private static final int MOST_PORT = 65_535;

    /** Copies the lists. */
    public DashboardPlan {
        allowedHosts = List.copyOf(allowedHosts);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** What a run does when nobody says otherwise. */
    static DashboardPlan standard() {
        return new DashboardPlan(true, "127.0.0.1", 0, null, List.of(), List.of());
    }

    static DashboardPlan read(Fields root, Path directory) {
        DashboardPlan standard = standard();
        Fields fields = root.group("dashboard");
        if (fields == null) {
            return standard;
        }
        boolean enabled = fields.flag("enabled", standard.enabled());
        String host = Objects.requireNonNullElse(fields.text("host"), standard.host());
        if (!MetricsPlan.isAddress(host)) {
            fields.reject("host", "host '" + host + "': use an IP address of this machine, such as 127.0.0.1");
        }
        int port = fields.number("port", standard.port(), 0, MOST_PORT);
        Secret token = Passwords.of(fields, directory, "token");
        if (token != null && !WeirDashboardBuilder.isToken(token.reveal())) {
            fields.reject(
                    fields.has("tokenFile") ? "tokenFile" : "tokenEnv",
                    "the token needs 16 to 256 letters, digits or . _ ~ + / = - ; leave it out to have one made");
        }
        List<String> hosts = fields.texts("allowedHosts", "a name such as weir.example", WeirDashboardBuilder::isHost);
        List<String> origins = fields.texts(
                "allowedOrigins", "an origin such as https://weir.example", WeirDashboardBuilder::isOrigin);
        fields.done();
        return new DashboardPlan(enabled, host, port, token, hosts, origins);
    }

    /**
     * The same as options of a command line and the environment say.
     *
     * @param off whether there is to be none
     * @param otherPort {@code null}: as it is
     * @param otherToken {@code null}: as it is
     */
    public DashboardPlan with(boolean off, @Nullable Integer otherPort, @Nullable Secret otherToken) {
        return new DashboardPlan(
                enabled && !off,
                host,
                Objects.requireNonNullElse(otherPort, port),
                otherToken != null ? otherToken : token,
                allowedHosts,
                allowedOrigins);
    }
}
